import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

const LEVEL = {
  variant_id: 'v-1',
  product_id: 'p-1',
  product_name: 'Clay Pot',
  option_values: ['Large'],
  sku: 'POT-L',
  on_hand: 3,
  reserved: 1,
  owed: 0,
  available: 2,
  allow_backorder: false,
  low_stock_threshold: 5,
  is_low: true,
};
const movement = (id: string, more: object) => ({
  id,
  quantity: -1,
  reason: 'sale',
  reference: 'order-7',
  actor: null,
  note: null,
  created_at: '2026-11-30T05:24:46Z',
  ...more,
});
const MOVEMENTS = [
  movement('m-2', { quantity: 4, reason: 'received', actor: 'admin:u-1', note: 'From the potter' }),
  movement('m-1', {}),
];
const API = {
  'GET /admin/inventory/v-1': LEVEL,
  'GET /admin/inventory/v-1/movements': { items: MOVEMENTS, next_cursor: null },
};
const STAFF = { permissions: ['catalog:read_all', 'catalog:write'] };
const POST = 'POST /admin/inventory/v-1/adjustments';
const PATCH = 'PATCH /admin/inventory/v-1';

test('the stock of one variant, and what led to it', async () => {
  await openAdmin('/admin/inventory/v-1', API, STAFF);
  expect(await screen.findByRole('heading', { level: 1, name: 'Clay Pot / Large' })).toBeTruthy();
  const table = within(await screen.findByRole('table', { name: 'Movements' }));
  expect(table.getByRole('row', { name: /\+4 Received Staff From the potter/ })).toBeTruthy();
  expect(table.getByRole('row', { name: /−1 Sold System order-7/ })).toBeTruthy();
  await expectAccessible();
});

test('units are counted out with their reason, and what is reserved stays', async () => {
  let isReserved = true;
  const { asked } = await openAdmin(
    '/admin/inventory/v-1',
    { ...API, [POST]: () => (isReserved ? problem(409, 'stock_reserved') : { movement: MOVEMENTS[1], level: LEVEL }) },
    STAFF,
  );
  const form = within(await screen.findByRole('form', { name: 'Adjust the number' }));
  await userEvent.selectOptions(form.getByLabelText('Reason'), 'Damaged');
  await userEvent.type(form.getByLabelText(/^Units/), '0');
  await userEvent.click(form.getByRole('button', { name: 'Record it' }));
  expect(await form.findByText('It cannot be 0.')).toBeTruthy();
  await userEvent.type(form.getByLabelText(/^Units/), '3');
  await userEvent.click(form.getByRole('button', { name: 'Record it' }));
  expect(await form.findByText('Checkouts hold more than would be left.')).toBeTruthy();
  isReserved = false;
  await userEvent.type(form.getByLabelText(/^Note/), 'Broken');
  await userEvent.click(form.getByRole('button', { name: 'Record it' }));
  expect(await screen.findByText('The number was adjusted')).toBeTruthy();
  const last = asked(POST).at(-1);
  expect(last?.body).toEqual({ reason: 'damaged', quantity: -3, note: 'Broken' });
  expect(last?.headers.get('idempotency-key')).toBeTruthy();
  await waitFor(() => expect(asked('GET /admin/inventory/v-1/movements').length).toBeGreaterThan(1));
});

test('when stock counts as low is changed, and nobody is told where it is empty', async () => {
  const { asked } = await openAdmin(
    '/admin/inventory/v-1',
    { ...API, [PATCH]: { ...LEVEL, low_stock_threshold: null, is_low: false } },
    STAFF,
  );
  const form = within(await screen.findByRole('form', { name: 'When stock is low' }));
  await userEvent.clear(form.getByLabelText(/^Tell at or below/));
  await userEvent.click(form.getByLabelText('Sold when there is none'));
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked(PATCH)).toHaveLength(1));
  expect(asked(PATCH)[0]?.body).toEqual({ low_stock_threshold: null, allow_backorder: true });
  await waitFor(() => expect(screen.queryByText('Low')).toBeNull());
});

test('who may only read adjusts nothing, and a variant that never moved says so', async () => {
  await openAdmin(
    '/admin/inventory/v-1',
    { ...API, 'GET /admin/inventory/v-1/movements': { items: [], next_cursor: null } },
    { permissions: ['catalog:read_all'] },
  );
  expect(await screen.findByText('Nothing has changed yet.')).toBeTruthy();
  expect(screen.queryByRole('form', { name: 'Adjust the number' })).toBeNull();
  expect(screen.getByLabelText('Sold when there is none').matches(':disabled')).toBe(true);
});
