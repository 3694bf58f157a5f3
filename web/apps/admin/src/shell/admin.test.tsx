import { createApi } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { type Answers, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { App } from './App.tsx';

const DAY = { orders: 1, units: 2, checkouts: 2, checkouts_paid: 1, average_order_amount: 1000, net_amount: 1000 };
const sales = (currency: string, orders: number) => ({
  currency,
  total: { orders },
  periods: Array.from({ length: 61 }, (_, index) => ({
    ...DAY,
    net_amount: index > 30 ? 2000 : 1000,
    starts_on: new Date(Date.UTC(2026, 9, 1 + index)).toISOString().slice(0, 10),
  })),
});
const ORDER = {
  id: 'o-1',
  number: 'JFWGV-8GGZM',
  status: 'paid',
  payment_status: 'paid',
  currency: 'USD',
  total_amount: 11476,
  item_count: 3,
  created_at: '2026-11-30T05:24:46Z',
  email: 'ada@customers.example',
};
const LEVEL = {
  variant_id: 'v-1',
  product_name: 'Clay Plant Pot',
  option_values: ['Large'],
  sku: 'POT-L',
  on_hand: 3,
  reserved: 1,
  owed: 0,
  available: 2,
  low_stock_threshold: 5,
  is_low: true,
};
const COUNTERS = { orders_to_ship: 100, returns_to_decide: 0, variants_low_in_stock: 1, open_cases: null };
const PERMISSIONS = ['analytics:read', 'counters:read', 'orders:read_all', 'catalog:read_all', 'operations:read'];
const GRACE = { id: 'u-1', full_name: 'Grace Staff', email: 'grace@example.com' };

const signedIn = (permissions: string[]): Answers => ({
  'POST /auth/login': { access_token: 'a', expires_in: 900, user: GRACE, permissions },
  'POST /auth/logout': () => new Response(null, { status: 204 }),
});
const STAFF: Answers = {
  ...signedIn(PERMISSIONS),
  'GET /admin/counters': COUNTERS,
  'GET /admin/orders': { items: [ORDER], next_cursor: null },
  'GET /admin/inventory': { items: [LEVEL], next_cursor: null },
  'GET /admin/analytics': { sales: [sales('CNY', 90), sales('EUR', 3)] },
  'GET /admin/analytics/products': {
    products: [{ product_id: 'p-1', rank: 1, name: 'Clay Plant Pot', units: 4, revenue_amount: 8000 }],
  },
  'GET /health/ready': { status: 'ready' },
};

async function open(answers: Answers, { locale = 'en' as Locale, path = '/admin' } = {}) {
  const calls = stubApi(answers);
  const session = new Session();
  const api = createApi({ fetch: session.fetch });
  const history = createMemoryHistory({ initialEntries: [path] });
  await session.start();
  render(<App api={api} session={session} locale={locale} history={history} />);
  return { calls, history };
}

async function signIn() {
  await userEvent.type(screen.getByLabelText(/^Email|^电子邮件/), 'grace@example.com');
  await userEvent.type(screen.getByLabelText(/^Password|^密码/), 'a long walk by the sea{Enter}');
}

/** Of the pages: who is there, and what the shop is called, is asked for once in a visit. */
const paths = (calls: { path: string }[]) =>
  calls.map(({ path }) => path).filter((path) => !path.startsWith('/auth') && path !== '/site');

test.each<Locale>(['zh-CN', 'en'])(
  'who is not signed in sees the way in, and nothing is asked (%s)',
  async (locale) => {
    const { calls } = await open(STAFF, { locale });
    expect(screen.getByRole('heading', { name: /管理后台|Administration/ })).toBeTruthy();
    expect(calls).toHaveLength(0);
    await expectAccessible();
  },
);

test('staff see what waits, how it goes and what came last, by six calls', async () => {
  const { calls } = await open(STAFF);
  await signIn();
  expect(await screen.findByRole('heading', { level: 1, name: 'Overview' })).toBeTruthy();
  const waiting = within(await screen.findByRole('region', { name: 'Waiting for you' }));
  expect((await waiting.findByRole('link', { name: /Orders to ship/ })).textContent).toContain('99+');
  expect(waiting.queryByText('Open cases')).toBeNull();
  const figures = within(await screen.findByRole('region', { name: 'Sales' }));
  expect(await figures.findByText('CN¥600.00')).toBeTruthy();
  expect((await figures.findAllByText(/\+100% on the days before/)).length).toBe(1);
  expect(figures.getByRole('figure', { name: 'Net sales a day (CNY)' })).toBeTruthy();
  const latest = within(await screen.findByRole('region', { name: 'Latest orders' }));
  expect(await latest.findByText('JFWGV-8GGZM')).toBeTruthy();
  expect(latest.getByText('$114.76')).toBeTruthy();
  expect(await screen.findByText('2 left')).toBeTruthy();
  expect(await screen.findByText('4 units')).toBeTruthy();
  expect(await screen.findByText('All systems answer')).toBeTruthy();
  expect(paths(calls)).toHaveLength(6);
});

test('the overview is accessible', async () => {
  await open(STAFF, { locale: 'zh-CN' });
  await signIn();
  expect(await screen.findByText('4 件')).toBeTruthy();
  expect(await screen.findByText('剩 2 件')).toBeTruthy();
  await expectAccessible();
});

test('range and currency are in the address', async () => {
  const { calls, history } = await open(STAFF, { path: '/admin?days=7&currency=EUR' });
  await signIn();
  expect(await screen.findByRole('figure', { name: 'Net sales a day (EUR)' })).toBeTruthy();
  await userEvent.selectOptions(screen.getByLabelText('Currency'), 'CNY');
  expect(await screen.findByRole('figure', { name: 'Net sales a day (CNY)' })).toBeTruthy();
  const range = within(screen.getByRole('navigation', { name: 'Days shown' }));
  await userEvent.click(range.getByRole('link', { name: '90 days' }));
  await waitFor(() => expect(history.location.search).toBe('?days=90&currency=CNY'));
  await waitFor(() => expect(calls.filter(({ path }) => path === '/admin/analytics')).toHaveLength(2));
});

test('a part that does not load is tried again by itself; the others stay', async () => {
  let isDown = true;
  await open({
    ...STAFF,
    'GET /admin/counters': () => (isDown ? problem(400, 'bad_request') : COUNTERS),
    'GET /admin/analytics': () => (isDown ? problem(400, 'bad_request') : { sales: [] }),
    'GET /health/ready': () => problem(503, 'not_ready'),
  });
  await signIn();
  expect(await screen.findByText('A part of the system does not answer', {}, { timeout: 8000 })).toBeTruthy();
  const parts = within(await screen.findByRole('region', { name: 'Sales' }));
  const again = await parts.findByRole('button', { name: 'Try again' });
  expect(await screen.findByText('JFWGV-8GGZM')).toBeTruthy();
  isDown = false;
  await userEvent.click(again);
  expect(await parts.findByText('There were no orders in these days.')).toBeTruthy();
  await userEvent.click(within(screen.getByRole('region', { name: 'Waiting for you' })).getByRole('button'));
  expect(await screen.findByText('Orders to ship')).toBeTruthy();
});

test('a person sees the parts and rooms that they may see, and the others are not asked for', async () => {
  const { calls } = await open({ ...STAFF, ...signedIn(['catalog:read_all']) });
  await signIn();
  expect(await screen.findByText('2 left')).toBeTruthy();
  const rooms = within(screen.getByRole('navigation', { name: 'Rooms' }));
  expect(rooms.queryByRole('link', { name: 'Orders' })).toBeNull();
  expect(rooms.getByRole('link', { name: 'Inventory' })).toBeTruthy();
  expect(paths(calls)).toEqual(['/admin/inventory']);
});

test('a room that one may not enter says so, and nothing of it is asked for', async () => {
  const { calls } = await open({ ...STAFF, ...signedIn(['catalog:read_all']) }, { path: '/admin/orders' });
  await signIn();
  expect(await screen.findByRole('heading', { level: 1, name: 'You cannot open this page' })).toBeTruthy();
  expect(paths(calls)).toEqual([]);
  await expectAccessible();
});

test('customers are told that this is not for them, and nothing is asked', async () => {
  const { calls } = await open({ ...STAFF, ...signedIn([]) });
  await signIn();
  expect(await screen.findByRole('heading', { name: 'This is for staff only' })).toBeTruthy();
  expect(paths(calls)).toEqual([]);
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('heading', { name: 'Administration' })).toBeTruthy();
});

test('a page that is not there says so inside the frame', async () => {
  await open(STAFF, { path: '/admin/nothing' });
  await signIn();
  expect(await screen.findByRole('heading', { name: 'There is no such page' })).toBeTruthy();
  expect(screen.getByRole('navigation', { name: 'Rooms' })).toBeTruthy();
});

test('the palette goes to a list by a few letters, and not while a word is composed', async () => {
  const { history } = await open(STAFF, { path: '/admin/nothing' });
  await signIn();
  await screen.findByRole('heading', { name: 'There is no such page' });
  await userEvent.keyboard('{Control>}k{/Control}');
  const field = await screen.findByRole('combobox', { name: 'Go to…' });
  await userEvent.type(field, 'zzz');
  expect(await screen.findByText('Nothing found.')).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, 'orders');
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{ArrowDown}');
  expect(screen.getByRole('option', { name: 'Orders to ship' }).getAttribute('aria-selected')).toBe('true');
  await expectAccessible();
  field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, isComposing: true }));
  expect(history.location.pathname).toBe('/admin/nothing');
  await userEvent.keyboard('{Enter}');
  await waitFor(() => expect(history.location.pathname + history.location.search).toBe('/admin/orders?status=paid'));
  expect(screen.queryByRole('combobox', { name: 'Go to…' })).toBeNull();
});

test('language, theme and density are chosen in the account menu, and stay', async () => {
  await open(STAFF, { path: '/admin/nothing' });
  await signIn();
  await userEvent.click(await screen.findByText('Account'));
  await userEvent.selectOptions(screen.getByLabelText('Rows'), 'Dense');
  expect(document.documentElement.dataset.density).toBe('dense');
  await userEvent.selectOptions(screen.getByLabelText('Theme'), 'Dark');
  expect(document.documentElement.dataset.theme).toBe('dark');
  await userEvent.selectOptions(screen.getByLabelText('Language'), '中文');
  expect(await screen.findByRole('heading', { name: '没有这个页面' })).toBeTruthy();
  expect(document.documentElement.lang).toBe('zh-CN');
  expect([localStorage.getItem('locale'), localStorage.getItem('admin.density')]).toEqual(['zh-CN', 'dense']);
  await expectAccessible();
  await userEvent.keyboard('{Escape}');
  expect(document.activeElement?.tagName).toBe('SUMMARY');
  delete document.documentElement.dataset.density;
  delete document.documentElement.dataset.theme;
});

test('on a narrow screen the rooms are in a drawer', async () => {
  await open(STAFF, { path: '/admin/nothing' });
  await signIn();
  await userEvent.click(await screen.findByRole('button', { name: 'Open navigation' }));
  const drawer = screen.getByRole('dialog', { name: 'Rooms', hidden: true });
  expect(within(drawer).getByText('Inventory')).toBeTruthy();
  await userEvent.click(within(drawer).getByLabelText('Close'));
  expect(screen.queryByRole('dialog', { name: 'Rooms', hidden: true })).toBeNull();
});

test('counters are kept current, and so is the list behind one that changed', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let waiting = 4;
  const { calls } = await open({ ...STAFF, 'GET /admin/counters': () => ({ ...COUNTERS, orders_to_ship: waiting }) });
  await signIn();
  expect(await screen.findByText('JFWGV-8GGZM')).toBeTruthy();
  waiting = 5;
  await vi.advanceTimersByTimeAsync(40_000);
  expect((await screen.findAllByText('5')).length).toBeGreaterThan(0);
  await waitFor(() => expect(calls.filter(({ path }) => path === '/admin/orders')).toHaveLength(2));
  vi.useRealTimers();
});
