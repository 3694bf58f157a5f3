import { createApi } from '@sharestack/api/client.ts';
import { Session } from '@sharestack/session/session.ts';
import { type Answers, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { parseInventorySearch } from '../catalog/search.ts';
import { parseOrdersSearch } from '../ordering/search.ts';
import { App } from './App.tsx';

const order = (number: string, more: object = {}) => ({
  id: number,
  number,
  status: 'paid',
  payment_status: 'paid',
  currency: 'JPY',
  total_amount: 1200,
  item_count: 2,
  created_at: '2026-11-30T05:24:46Z',
  email: 'ada@customers.example',
  ...more,
});
const LEVEL = {
  variant_id: 'v-1',
  product_name: 'إناء فخار',
  option_values: ['Large'],
  sku: null,
  on_hand: 3,
  reserved: 1,
  owed: 0,
  available: 2,
  low_stock_threshold: null,
  is_low: true,
};

async function open(path: string, answers: Answers) {
  const calls = stubApi({
    'POST /auth/login': {
      access_token: 'a',
      expires_in: 900,
      user: { id: 'u-1', full_name: 'Grace' },
      permissions: ALL,
    },
    ...answers,
  });
  const session = new Session();
  const history = createMemoryHistory({ initialEntries: [path] });
  await session.start();
  await session.signIn('grace@example.com', 'a long walk by the sea');
  render(<App api={createApi({ fetch: session.fetch })} session={session} locale="en" history={history} />);
  const asked = () => calls.filter(({ path: one }) => one === path.split('?')[0]);
  return { asked, history };
}

const ALL = ['orders:read_all', 'catalog:read_all'];

test('orders are chosen by the address, and the address by the filters', async () => {
  const { asked } = await open('/admin/orders?status=paid', {
    'GET /admin/orders': ({ query }) =>
      query.get('cursor')
        ? { items: [order('B-2', { status: 'shipped' })], next_cursor: null }
        : { items: [order('A-1')], next_cursor: 'next' },
  });
  expect(await screen.findByRole('rowheader', { name: 'A-1' })).toBeTruthy();
  expect(screen.getByRole('cell', { name: '¥1,200' })).toBeTruthy();
  expect(asked()[0]?.query.get('status')).toBe('paid');
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'Load more' }));
  expect(await screen.findByRole('rowheader', { name: 'B-2' })).toBeTruthy();
});

test('what was written in filters is sent together, and stands in the address', async () => {
  const { asked, history } = await open('/admin/orders?from=2026-11-01&to=2026-11-30', {
    'GET /admin/orders': { items: [order('A-1')], next_cursor: null },
  });
  await userEvent.click(await screen.findByLabelText('Email (whole)'));
  await userEvent.paste('ada@customers.example');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(asked().at(-1)?.query.get('email')).toBe('ada@customers.example'));
  expect(asked().at(-1)?.query.get('created_from')).toBe('2026-11-01T00:00:00Z');
  expect(asked().at(-1)?.query.get('created_before')).toBe('2026-12-01T00:00:00.000Z');
  expect(history.location.search).toContain('from=2026-11-01');
});

test('where no order matches the filters can be cleared, and an empty shop says what comes here', async () => {
  const { history } = await open('/admin/orders?number=X-1', {
    'GET /admin/orders': { items: [], next_cursor: null },
  });
  expect(await screen.findByText('No order matches')).toBeTruthy();
  await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' }).at(-1) as HTMLElement);
  expect(await screen.findByText('There are no orders yet.')).toBeTruthy();
  expect(history.location.search).toBe('');
});

test('orders that do not load are tried again', async () => {
  let isDown = true;
  await open('/admin/orders', {
    'GET /admin/orders': () => (isDown ? problem(400, 'bad_request') : { items: [order('A-1')], next_cursor: null }),
  });
  const again = await screen.findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  expect(await screen.findByRole('rowheader', { name: 'A-1' })).toBeTruthy();
});

test('stock is listed by variant, and low stock alone', async () => {
  const { asked } = await open('/admin/inventory', {
    'GET /admin/inventory': ({ query }) => ({ items: query.get('sku') ? [] : [LEVEL], next_cursor: null }),
  });
  expect(await screen.findByRole('rowheader', { name: /إناء فخار/ })).toBeTruthy();
  expect(screen.getByRole('cell', { name: /^2 ?\(Low\)/ })).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText('Stock'), 'Low');
  await waitFor(() => expect(asked().at(-1)?.query.get('low')).toBe('true'));
  await expectAccessible();
  await userEvent.type(screen.getByLabelText('SKU (whole)'), 'NONE{Enter}');
  expect(await screen.findByText('No variant matches')).toBeTruthy();
});

test('an address that says something else is read as far as it makes sense', () => {
  expect(parseOrdersSearch({ status: 'lost', from: '2026-13-40', number: 12, email: ' a@b.c ' })).toEqual({
    number: '12',
    email: 'a@b.c',
  });
  expect(parseInventorySearch({ stock: 'none', sku: '' })).toEqual({});
});

test('what an address says and nobody understands is not asked for', async () => {
  const { asked } = await open('/admin/orders?status=lost&email=ada@customers.example&colour=red', {
    'GET /admin/orders': { items: [order('A-1')], next_cursor: null },
  });
  expect(await screen.findByRole('rowheader', { name: 'A-1' })).toBeTruthy();
  expect([...(asked()[0]?.query.keys() ?? [])].sort()).toEqual(['email', 'fields', 'limit']);
});
