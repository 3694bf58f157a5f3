import { type Answers, problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { openAdmin } from '../testing/open.tsx';
import { canMove } from './moves.ts';
import type { OrderRow } from './queries.ts';
import { parseOrdersSearch } from './search.ts';

const row = (number: string, more: Partial<OrderRow> = {}): OrderRow => ({
  id: `o-${number}`,
  number,
  status: 'paid',
  state: 'open',
  payment_status: 'paid',
  fulfilment_status: 'unfulfilled',
  currency: 'USD',
  total_amount: 1250,
  item_count: 2,
  created_at: '2026-11-30T05:24:46Z',
  email: 'ada@customers.example',
  ...more,
});
const SHIPPED = { status: 'shipped', fulfilment_status: 'shipped' } as const;
const CUSTOMER = '01990000-0000-7000-8000-000000000009';

const open = (path: string, rows: (query: URLSearchParams) => OrderRow[], answers: Answers = {}) =>
  openAdmin(
    path,
    { 'GET /admin/orders': ({ query }) => ({ items: rows(query), next_cursor: null }), ...answers },
    { permissions: ['orders:read_all', 'orders:write'] },
  );

test('orders are chosen by amount in the shop’s currency, sorted by a column, and of one customer until that is undone', async () => {
  const { asked, history } = await open(`/admin/orders?customer=${CUSTOMER}`, () => [row('A-1')]);
  const last = () => asked('GET /admin/orders').at(-1)?.query;
  await screen.findByRole('link', { name: 'A-1' });
  expect(last()?.get('user_id')).toBe(CUSTOMER);
  await userEvent.type(screen.getByLabelText('Total from'), '12.5');
  await userEvent.type(screen.getByLabelText('Number begins with'), 'jf{Enter}');
  await waitFor(() => expect(last()?.get('total_from')).toBe('1250'));
  expect([last()?.get('currency'), last()?.get('number'), last()?.get('user_id')]).toEqual(['USD', 'jf', CUSTOMER]);
  await userEvent.click(await screen.findByRole('button', { name: 'Total' }));
  await waitFor(() => expect(last()?.get('sort')).toBe('-total'));
  expect((await screen.findByRole('columnheader', { name: 'Total' })).getAttribute('aria-sort')).toBe('descending');
  await userEvent.click(screen.getByRole('button', { name: 'Customer: show others as well' }));
  await waitFor(() => expect(last()?.has('user_id')).toBe(false));
  expect(history.location.search).toMatch(/min=.*12[.]5/);
  await expectAccessible();
});

test('a view is saved by a name and opened again', async () => {
  const { history } = await open('/admin/orders?status=paid&sort=total', () => [row('A-1')]);
  await screen.findByRole('link', { name: 'A-1' });
  await userEvent.click(screen.getByText('Views'));
  await userEvent.type(screen.getByLabelText('Name of the view'), 'Small ones{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
  await waitFor(() => expect(history.location.search).toBe('?sort=total'));
  await userEvent.click(await screen.findByRole('button', { name: 'Small ones' }));
  await waitFor(() => expect(history.location.search).toContain('status=paid'));
});

test('orders that were chosen are moved together: what can go there is shown before, and each refusal after', async () => {
  const { asked } = await open('/admin/orders', () => [row('A-1'), row('B-2'), row('C-3', SHIPPED)], {
    'POST /admin/orders/changes': {
      results: [
        { id: 'o-A-1', outcome: 'done' },
        { id: 'o-B-2', outcome: 'refused', code: 'order_on_hold', detail: 'The order waits' },
      ],
    },
  });
  await userEvent.click(await screen.findByRole('button', { name: /^Choose all 3/ }));
  await userEvent.click(screen.getByRole('button', { name: 'Start packing' }));
  const preview = within(screen.getByRole('dialog', { name: 'Start packing' }));
  expect(preview.getByText('2 items will change:')).toBeTruthy();
  expect(preview.getAllByText('To ship → Being packed')).toHaveLength(2);
  expect(preview.queryByText('C-3')).toBeNull();
  await expectAccessible();
  await userEvent.click(preview.getByRole('button', { name: 'Start packing' }));
  expect(await preview.findByText(/^Its payment waits for a review/)).toBeTruthy();
  const [call] = asked('POST /admin/orders/changes');
  expect(call?.body).toEqual({ ids: ['o-A-1', 'o-B-2'], status: 'processing' });
  expect(call?.headers.get('idempotency-key')).toBeTruthy();
});

test('the board has a column for each state, and an order is moved on by a button; the focus stays in its column', async () => {
  let status: OrderRow['status'] = 'paid';
  const { asked } = await open(
    '/admin/orders?view=board&number=A',
    (query) => {
      if (query.get('status') === 'shipped') return [row('C-3', SHIPPED)];
      return query.get('status') === status ? [row('A-1', { status })] : [];
    },
    {
      'POST /admin/orders/changes': () => {
        status = 'processing';
        return { results: [{ id: 'o-A-1', outcome: 'done' }] };
      },
    },
  );
  const column = async (name: RegExp) => within(await screen.findByRole('region', { name }));
  const waiting = await column(/^To ship/);
  await waiting.findByRole('link', { name: 'A-1' });
  expect((await column(/^Shipped/)).getByRole('button', { name: 'Mark as delivered: C-3' })).toBeTruthy();
  expect(asked('GET /admin/orders').map(({ query }) => query.get('status'))).toEqual([
    'pending',
    'paid',
    'processing',
    'shipped',
    'delivered',
  ]);
  expect(asked('GET /admin/orders').every(({ query }) => query.get('number') === 'A')).toBe(true);
  await expectAccessible();
  waiting.getByRole('button', { name: 'Start packing: A-1' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByText('A-1 is “Being packed” now.')).toBeTruthy();
  expect(document.activeElement?.textContent).toContain('To ship');
  expect(await (await column(/^Being packed/)).findByRole('link', { name: 'A-1' })).toBeTruthy();
});

test('an order that cannot be moved says why, and filters of a board stay on the board', async () => {
  const { history } = await open(
    '/admin/orders?view=board',
    (query) => (query.get('status') === 'paid' ? [row('A-1')] : []),
    {
      'POST /admin/orders/changes': {
        results: [{ id: 'o-A-1', outcome: 'refused', code: 'payment_disputed', detail: null }],
      },
    },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Mark as shipped: A-1' }));
  expect(await screen.findByText(/^The cardholder’s bank asks/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Number begins with'), 'B{Enter}');
  await waitFor(() => expect(history.location.search).toContain('number=B'));
  expect(history.location.search).toContain('view=board');
  await userEvent.click(screen.getByRole('link', { name: 'List' }));
  await waitFor(() => expect(history.location.search).not.toContain('view'));
});

test('a column that does not load says so by itself', async () => {
  await open('/admin/orders?view=board', () => [], {
    'GET /admin/orders': ({ query }) =>
      query.get('status') === 'paid' ? problem(400, 'bad_request') : { items: [row('P-1')], next_cursor: 'more' },
  });
  expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  expect((await screen.findAllByRole('link', { name: /^All orders: / })).length).toBe(4);
  expect((await screen.findByRole('region', { name: 'Delivered 1+' })).textContent).toContain('P-1');
});

test('on a phone the order is chosen from a list', async () => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: true,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  const { asked } = await open('/admin/orders', () => [row('A-1')]);
  await userEvent.selectOptions(await screen.findByLabelText('Sort'), 'Total, ascending');
  await waitFor(() => expect(asked('GET /admin/orders').at(-1)?.query.get('sort')).toBe('total'));
  await expectAccessible();
});

test('where an order can go depends on what is paid and where its goods are', () => {
  expect(canMove(row('A'), 'shipped')).toBe(true);
  expect(canMove(row('A', { payment_status: 'unpaid' }), 'processing')).toBe(false);
  expect(canMove(row('A', { state: 'completed' }), 'delivered')).toBe(false);
  expect(canMove(row('A', { fulfilment_status: 'partially_shipped' }), 'delivered')).toBe(false);
});

test('an address is read as far as it makes sense', () => {
  expect(
    parseOrdersSearch({
      min: '1,5',
      max: 12,
      currency: 'usd',
      sort: 'newest',
      view: 'map',
      customer: 'x',
      number: 'A*1',
    }),
  ).toEqual({ max: '12', number: 'A1' });
});
