import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../../testing/open.tsx';

const STAFF = { permissions: ['orders:read_all', 'orders:write'] };
const RETURN = {
  id: 'rt-1',
  order_id: 'o-1',
  order_number: 'JFWGV-8GGZM',
  status: 'requested',
  version: 1,
  lines: [
    { order_item_id: 'i-1', quantity: 2, reason: 'damaged', restocked: null, refund_amount: null },
    { order_item_id: 'i-2', quantity: 1, reason: 'other', restocked: null, refund_amount: null },
  ],
  refund_amount: null,
  note: 'The lid is broken',
  decision_note: null as string | null,
  created_at: '2026-11-29T10:00:00Z',
  decided_at: null as string | null,
  received_at: null as string | null,
};
const ORDER = { items: [{ id: 'i-1', name: 'Kettle' }] };

test('a return is agreed to, received and restocked as far as it can be sold again', async () => {
  let now = RETURN;
  const { asked } = await openAdmin(
    '/admin/returns?status=requested',
    {
      // As the API does: a list of those to be decided loses one that is.
      'GET /admin/returns': ({ query }) => ({
        items: query.get('status') === now.status ? [now] : [],
        next_cursor: null,
      }),
      'GET /admin/returns/*': () => now,
      'GET /admin/orders/*': ORDER,
      'POST /admin/returns/*/decision': ({ body }) => {
        const { note } = body as { note: string };
        now = { ...now, status: 'approved', version: 2, decision_note: note, decided_at: '2026-11-30T10:00:00Z' };
        return now;
      },
      'POST /admin/returns/*/receipt': () => {
        now = { ...now, status: 'received', version: 3, received_at: '2026-11-30T11:00:00Z' };
        return now;
      },
    },
    STAFF,
  );
  expect(await screen.findByRole('cell', { name: '3' })).toBeTruthy();
  await userEvent.click(screen.getByRole('link', { name: 'JFWGV-8GGZM' }));
  expect(await screen.findByText('2 × Kettle')).toBeTruthy();
  expect(screen.getByText('1 × Item')).toBeTruthy();
  await expectAccessible();
  await userEvent.type(screen.getByLabelText(/^Words to the customer/), 'Send it back');
  await userEvent.click(screen.getByRole('button', { name: 'Decide' }));
  expect(screen.getByText('Please fill this in.')).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText('Decision'), 'Agree to it');
  await userEvent.click(screen.getByRole('button', { name: 'Decide' }));
  await userEvent.click(await screen.findByRole('button', { name: 'It arrived' }));
  expect(await screen.findByText('Received; the refund is under way')).toBeTruthy();
  expect(screen.getByText('Send it back')).toBeTruthy();
  expect(asked('POST /admin/returns/rt-1/decision')[0]?.body).toEqual({
    approve: true,
    note: 'Send it back',
    version: 1,
  });
  const [receipt] = asked('POST /admin/returns/rt-1/receipt');
  expect(receipt?.body).toEqual({
    lines: [
      { order_item_id: 'i-1', restock: false },
      { order_item_id: 'i-2', restock: true },
    ],
  });
  expect(receipt?.headers.get('idempotency-key')).toBeTruthy();
});

test('what a colleague decided meanwhile is said, and what was written stays', async () => {
  await openAdmin(
    '/admin/returns/rt-1',
    {
      'GET /admin/returns/*': RETURN,
      'GET /admin/orders/*': ORDER,
      'POST /admin/returns/*/decision': () => problem(409, 'version_conflict'),
    },
    STAFF,
  );
  await userEvent.selectOptions(await screen.findByLabelText('Decision'), 'Reject it');
  await userEvent.type(screen.getByLabelText(/^Words to the customer/), 'Too late');
  await userEvent.click(screen.getByRole('button', { name: 'Decide' }));
  expect(await screen.findByText(/Somebody else changed this/)).toBeTruthy();
  expect((screen.getByLabelText(/^Words to the customer/) as HTMLTextAreaElement).value).toBe('Too late');
});

test('who may only read decides nothing', async () => {
  await openAdmin(
    '/admin/returns/rt-1',
    { 'GET /admin/returns/*': RETURN, 'GET /admin/orders/*': ORDER },
    { permissions: ['orders:read_all'] },
  );
  expect(await screen.findByText('The lid is broken')).toBeTruthy();
  expect(screen.queryByRole('form')).toBeNull();
});
