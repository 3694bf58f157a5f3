import { createApi } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { type Answers, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { App } from './App.tsx';

const TOTAL = { orders: 2, net_amount: 99200, average_order_amount: 49600, conversion_rate: 0.5 };
const SALES = {
  currency: 'CNY',
  total: TOTAL,
  periods: [
    { starts_on: '2026-11-01', net_amount: 99200 },
    { starts_on: '2026-11-02', net_amount: -1000 },
  ],
};
const ORDER = {
  id: 'o-1',
  number: 'JFWGV-8GGZM',
  status: 'paid',
  currency: 'USD',
  total_amount: 11476,
  item_count: 3,
  created_at: '2026-11-30T05:24:46Z',
  email: 'ada@customers.example',
};
const STAFF: Answers = {
  'POST /auth/login': { access_token: 'a', expires_in: 900, user: { id: 'u-1', full_name: 'Grace Staff' } },
  'POST /auth/logout': () => new Response(null, { status: 204 }),
  'POST /auth/verify': { valid: true, permissions: ['analytics:read', 'orders:read_all', 'catalog:read_all'] },
  'GET /admin/orders': ({ query }) => ({
    items: [ORDER],
    next_cursor: query.get('status') ? 'more' : null,
  }),
  'GET /admin/returns': { items: [], next_cursor: null },
  'GET /admin/inventory': () => problem(503, 'temporarily_unavailable'),
  'GET /admin/analytics': { sales: [SALES, { ...SALES, currency: 'EUR' }] },
};

async function open(answers: Answers, { locale = 'en' as Locale, path = '/admin' } = {}) {
  const calls = stubApi(answers);
  const session = new Session();
  const api = createApi({ fetch: session.fetch });
  const history = createMemoryHistory({ initialEntries: [path] });
  await session.start();
  render(<App api={api} session={session} locale={locale} history={history} />);
  return calls;
}

async function signIn() {
  await userEvent.type(screen.getByLabelText(/^Email|^电子邮件/), 'grace@example.com');
  await userEvent.type(screen.getByLabelText(/^Password|^密码/), 'a long walk by the sea{Enter}');
}

test.each<Locale>(['zh-CN', 'en'])(
  'who is not signed in sees the way in, and nothing is asked (%s)',
  async (locale) => {
    const calls = await open(STAFF, { locale });
    expect(screen.getByRole('heading', { name: /管理后台|Administration/ })).toBeTruthy();
    expect(calls).toHaveLength(0);
    await expectAccessible();
  },
);

test('staff see what waits, how it goes and what came last', async () => {
  await open(STAFF);
  await signIn();
  expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeTruthy();
  expect(await screen.findByText('1+')).toBeTruthy();
  expect(await screen.findByText('None')).toBeTruthy();
  expect((await screen.findAllByText('CN¥992.00')).length).toBeGreaterThan(0);
  const orders = within(await screen.findByRole('region', { name: 'Latest orders' }));
  expect(orders.getByRole('rowheader', { name: 'JFWGV-8GGZM' })).toBeTruthy();
  expect(orders.getByText('$114.76')).toBeTruthy();
  expect(await screen.findByText('Did not load')).toBeTruthy();
  await expectAccessible();
});

test('a person sees the parts that they may see, and the others are not asked for', async () => {
  const calls = await open({ ...STAFF, 'POST /auth/verify': { valid: true, permissions: ['catalog:read_all'] } });
  await signIn();
  expect(await screen.findByText('Variants low in stock')).toBeTruthy();
  expect(screen.queryByText('Latest orders')).toBeNull();
  expect(screen.queryByRole('link', { name: 'Overview' })).toBeNull();
  expect(calls.some(({ path }) => path === '/admin/orders' || path === '/admin/analytics')).toBe(false);
});

test('customers are told that this is not for them', async () => {
  await open({ ...STAFF, 'POST /auth/verify': { valid: true, permissions: [] } });
  await signIn();
  expect(await screen.findByRole('heading', { name: 'This is for staff only' })).toBeTruthy();
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { name: 'Administration' })).toBeTruthy();
});

test('permissions that do not load can be asked for again', async () => {
  let isDown = true;
  const permissions = ['analytics:read'];
  await open({
    ...STAFF,
    'POST /auth/verify': () => (isDown ? problem(401, 'not_authenticated') : { valid: true, permissions }),
    'GET /admin/analytics': { sales: [] },
  });
  await signIn();
  const again = await screen.findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(again);
  expect(await screen.findByText('There were no orders in these days.')).toBeTruthy();
});

test('figures and orders that do not load can be tried again', async () => {
  let isDown = true;
  await open({
    ...STAFF,
    'GET /admin/analytics': () => (isDown ? problem(400, 'bad_request') : { sales: [SALES] }),
    'GET /admin/orders': () => (isDown ? problem(400, 'bad_request') : { items: [], next_cursor: null }),
  });
  await signIn();
  const [first] = await screen.findAllByRole('button', { name: 'Try again' });
  isDown = false;
  if (first) await userEvent.click(first);
  expect((await screen.findAllByText('CN¥992.00')).length).toBeGreaterThan(0);
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('There are no orders yet.')).toBeTruthy();
});

test('a page that is not there says so', async () => {
  await open(STAFF, { path: '/admin/nothing' });
  await signIn();
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
});
