import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const ID = '0190aaaa-0000-7000-8000-000000000009';
const AT = '2026-11-29T10:00:00Z';
const PERSON = {
  id: ID,
  email: 'ada@example.com',
  full_name: 'Ada Lovelace',
  roles: ['customer'],
  is_active: true,
  email_verified_at: AT,
  version: 3,
  created_at: AT,
  updated_at: AT,
  language: 'en',
  marketing_consent_at: null,
  sessions: 0,
  changes: [],
};
const list = (...items: object[]) => ({ items, next_cursor: null });
const KNOWN = {
  'GET /admin/users/*': PERSON,
  'GET /admin/users/*/sessions': list(),
  'GET /admin/users/*/notes': list(),
};
const BOUGHT = {
  ...KNOWN,
  'GET /admin/orders/totals': {
    order_count: 4,
    last_order_at: AT,
    currencies: [
      { currency: 'USD', order_count: 3, paid_order_count: 2, paid_amount: 7490, refunded_amount: 2497 },
      { currency: 'EUR', order_count: 1, paid_order_count: 1, paid_amount: 900, refunded_amount: 0 },
    ],
  },
  'GET /admin/orders': list({
    id: 'o-1',
    number: 'JFWGV-8GGZM',
    status: 'delivered',
    created_at: AT,
    currency: 'USD',
    total_amount: 3400,
  }),
  'GET /admin/returns': list({
    id: 'rt-1',
    order_number: 'JFWGV-8GGZM',
    status: 'requested',
    created_at: AT,
    lines: [],
  }),
  'GET /admin/payments': list({
    id: 'p-1',
    provider_payment_id: 'pi_1',
    amount: 3400,
    amount_refunded: 0,
    currency: 'USD',
    status: 'succeeded',
    method: null,
    created_at: AT,
  }),
  'GET /admin/reviews': list(
    { id: 'r-1', product_name: 'Kettle', title: 'Leaks', rating: 2, status: 'hidden' },
    { id: 'r-2', product_name: 'Pot', title: '', rating: 5, status: 'published' },
  ),
};
const ALL = ['users:read', 'orders:read_all', 'payments:read_all', 'reviews:moderate'];
const card = async (name: string) => within(await screen.findByRole('region', { name }));

test('a person’s page has what they bought, paid, sent back and wrote, and the way to all of it', async () => {
  const { asked, history } = await openAdmin(`/admin/customers/${ID}`, BOUGHT, { permissions: ALL });
  const totals = await card('In all');
  expect(await totals.findByText('$74.90')).toBeTruthy();
  expect(totals.getByText('· 2 orders')).toBeTruthy();
  expect(totals.getByText('$24.97')).toBeTruthy();
  expect(totals.getByText('€9.00')).toBeTruthy();
  expect(totals.queryByText('Of it refunded, in EUR')).toBeNull();
  const orders = await card('Orders');
  expect((await orders.findByRole('link', { name: 'JFWGV-8GGZM' })).getAttribute('href')).toBe('/admin/orders/o-1');
  const returns = await card('Returns');
  expect((await returns.findByRole('link', { name: 'JFWGV-8GGZM' })).getAttribute('href')).toBe('/admin/returns/rt-1');
  const reviews = await card('Reviews');
  expect(await reviews.findByText('Hidden')).toBeTruthy();
  for (const path of ['orders/totals', 'orders', 'returns', 'payments', 'reviews']) {
    expect(asked(`GET /admin/${path}`)[0]?.query.get('user_id')).toBe(ID);
  }
  await expectAccessible();
  const payments = await card('Payments');
  expect((await payments.findByRole('link', { name: 'All refunds' })).getAttribute('href')).toBe(
    `/admin/refunds?customer=${ID}`,
  );
  await userEvent.click(payments.getByRole('link', { name: 'All payments' }));
  await waitFor(() => expect(history.location.search).toBe(`?customer=${ID}`));
});

test('who may not see orders and money is shown the person alone, and nothing is asked for', async () => {
  const { calls } = await openAdmin(`/admin/customers/${ID}`, KNOWN, { permissions: ['users:read'] });
  expect(await screen.findByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeTruthy();
  for (const name of ['In all', 'Orders', 'Payments', 'Returns', 'Reviews']) {
    expect(screen.queryByRole('region', { name })).toBeNull();
  }
  expect(calls.some(({ path }) => /orders|payments|returns|reviews/.test(path))).toBe(false);
});

test('who did nothing yet has lists that say so', async () => {
  const answers = {
    ...KNOWN,
    'GET /admin/orders/totals': { order_count: 0, last_order_at: null, currencies: [] },
    'GET /admin/orders': list(),
    'GET /admin/returns': list(),
    'GET /admin/payments': list(),
    'GET /admin/reviews': list(),
  };
  await openAdmin(`/admin/customers/${ID}`, answers, { permissions: ALL });
  for (const words of ['Has not ordered anything yet.', 'No orders.', 'No returns.', 'No payments.', 'No reviews.']) {
    expect(await screen.findByText(words)).toBeTruthy();
  }
  expect(screen.queryByRole('link', { name: 'All orders' })).toBeNull();
});

test.each([
  ['payments', 'Customer'],
  ['refunds', 'Customer'],
  ['returns', 'Customer'],
  ['reviews', 'Author'],
])('the room of %s is of one person until that is taken away', async (room, label) => {
  const { asked, history } = await openAdmin(
    `/admin/${room}?customer=${ID}`,
    { [`GET /admin/${room}`]: list() },
    { permissions: ALL },
  );
  const last = () => asked(`GET /admin/${room}`).at(-1)?.query;
  await userEvent.click(await screen.findByRole('button', { name: `${label}: show others as well` }));
  expect(asked(`GET /admin/${room}`)[0]?.query.get('user_id')).toBe(ID);
  await waitFor(() => expect(last()?.get('user_id')).toBeFalsy());
  expect(history.location.search).toBe('');
});
