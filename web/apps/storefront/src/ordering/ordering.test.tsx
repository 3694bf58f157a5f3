import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { act, fireEvent, renderHook, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { CART, SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { cartToken, keepCartToken } from './cartToken.ts';
import { useCoalesced } from './useCoalesced.ts';

const USER = { id: 'u-1', full_name: 'Ada Hughes' };
const SIGNED_IN = { access_token: 'a', expires_in: 900, user: USER };

test('a guest puts something into the cart, and the browser keeps its token', async () => {
  const calls = stubApi({ ...SHOP, 'POST /cart/items': CART });
  await openPage('/en/p/clay-pot');
  await userEvent.click(screen.getByRole('button', { name: 'One more' }));
  await userEvent.click(screen.getByRole('button', { name: 'Add to cart' }));
  expect(await screen.findByText('It is in your cart.')).toBeTruthy();
  expect(calls.at(-1)?.body).toMatchObject({ quantity: 2 });
  expect(cartToken()).toBe('guest-token');
  expect(screen.getAllByRole('link', { name: 'Cart, 2 items' }).length).toBeGreaterThan(0);
});

test('what the API refuses is said in words', async () => {
  stubApi({ ...SHOP, 'POST /cart/items': () => problem(409, 'insufficient_stock') });
  await openPage('/en/p/clay-pot');
  await userEvent.click(screen.getByRole('button', { name: 'Add to cart' }));
  expect(await screen.findByText('There are not so many left.')).toBeTruthy();
});

test('a lost connection is told apart from a refusal', async () => {
  stubApi({ ...SHOP, 'POST /cart/items': () => Promise.reject(new TypeError('network')) });
  await openPage('/en/p/clay-pot');
  await userEvent.click(screen.getByRole('button', { name: 'Add to cart' }));
  expect(await screen.findByText(/The network is down/)).toBeTruthy();
});

test('ten quick calls are two: the first, and what all the others come to', async () => {
  const sent: number[] = [];
  const opened: (() => void)[] = [];
  const call = (units: number) => {
    sent.push(units);
    return new Promise<void>((resolve) => opened.push(resolve));
  };
  const { result } = renderHook(() => useCoalesced(call, (waiting, next) => waiting + next));
  act(() => {
    for (let press = 0; press < 10; press += 1) void result.current.run(1);
  });
  await act(async () => opened.shift()?.());
  await waitFor(() => expect(sent).toEqual([1, 9]));
  await act(async () => opened.shift()?.());
});

test.each(['/cart', '/en/cart'])('%s without anything says what to do', async (address) => {
  const calls = stubApi(SHOP);
  await openPage(address);
  expect(await screen.findByText(/购物车还是空的|Your cart is empty/)).toBeTruthy();
  expect(calls.some(({ path }) => path === '/cart')).toBe(false);
  await expectAccessible();
});

test('a cart shows its lines, its sums, and what has changed', async () => {
  keepCartToken('guest-token');
  const [line] = CART.items;
  const problems = ['price_changed', 'insufficient_stock', 'removed', 'currency_changed'];
  const coupons = [
    { code: 'SPRING', description: 'Ten percent', kind: 'percentage', discount_amount: 298, problem: 'expired' },
  ];
  const cart = {
    ...CART,
    items: [{ ...line, problems }],
    coupons,
    discount_amount: 298,
    is_tax_known: true,
    shipping_state: 'free',
  };
  const calls = stubApi({ ...SHOP, 'GET /cart': cart });
  await openPage('/en/cart');
  expect(await screen.findByText('The price has changed: it was $12.90 and is $14.90 now.')).toBeTruthy();
  expect(screen.getByText('There are only 1 left.')).toBeTruthy();
  expect(screen.getByText('-$2.98')).toBeTruthy();
  expect(screen.getByText('expired')).toBeTruthy();
  expect(calls.find(({ path }) => path === '/cart')?.headers.get('x-cart-token')).toBe('guest-token');
  await expectAccessible();
});

test('a quantity is sent as what it is to be, and a line can go', async () => {
  keepCartToken('guest-token');
  const [line] = CART.items;
  let items: object[] = CART.items;
  const calls = stubApi({
    ...SHOP,
    'GET /cart': () => ({ ...CART, items }),
    'PUT /cart/items/*': () => ({ ...CART, items: [{ ...line, quantity: 3 }] }),
    'DELETE /cart/items/*': () => {
      items = [];
      return new Response(null, { status: 204 });
    },
  });
  await openPage('/en/cart');
  const field = await screen.findByRole('textbox', { name: 'Quantity of Clay Pot' });
  await userEvent.click(screen.getByRole('button', { name: 'One more' }));
  await waitFor(() => expect(calls.at(-1)?.body).toEqual({ quantity: 3 }));
  expect(field.isConnected).toBe(false);
  const again = screen.getByRole('textbox', { name: 'Quantity of Clay Pot' });
  fireEvent.blur(again, { target: { value: 'many' } });
  fireEvent.blur(again, { target: { value: '2' } });
  await waitFor(() => expect(calls.at(-1)?.body).toEqual({ quantity: 2 }));
  await userEvent.click(screen.getByRole('button', { name: 'Remove Clay Pot' }));
  expect(await screen.findByText('Your cart is empty so far')).toBeTruthy();
});

test('a quantity that is refused goes back, and says why', async () => {
  keepCartToken('guest-token');
  stubApi({ ...SHOP, 'GET /cart': CART, 'PUT /cart/items/*': () => problem(409, 'insufficient_stock') });
  await openPage('/en/cart');
  await userEvent.click(await screen.findByRole('button', { name: 'One more' }));
  expect(await screen.findByText('There are not so many left.')).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Quantity of Clay Pot' }).value).toBe('2');
});

test('a coupon is used, refused in words, and taken away', async () => {
  keepCartToken('guest-token');
  const coupon = {
    code: 'SPRING',
    description: 'Ten percent',
    kind: 'percentage',
    discount_amount: 298,
    problem: null,
  };
  const codes: object[] = [problem(404, 'coupon_not_found'), { ...CART, coupons: [coupon] }];
  stubApi({
    ...SHOP,
    'GET /cart': CART,
    'POST /cart/coupons': () => codes.shift() ?? CART,
    'DELETE /cart/coupons/*': () => new Response(null, { status: 204 }),
  });
  await openPage('/en/cart');
  const field = await screen.findByRole('textbox', { name: 'Coupon code' });
  await userEvent.type(field, 'winter{Enter}');
  expect(await screen.findByText(/There is no such code/)).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, 'spring{Enter}');
  await userEvent.click(await screen.findByRole('button', { name: 'Remove SPRING' }));
  await waitFor(() => expect(screen.queryByText('SPRING')).toBeNull());
});

test('a token that is no longer known is forgotten; other trouble can be tried again', async () => {
  keepCartToken('old-token');
  let answer: Response | object = problem(503, 'temporarily_unavailable');
  stubApi({ ...SHOP, 'GET /cart': () => answer });
  await openPage('/en/cart');
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer = problem(404, 'not_found');
  await userEvent.click(again);
  expect(await screen.findByText('Your cart is empty so far')).toBeTruthy();
  expect(cartToken()).toBeNull();
});

test("signing in takes the guest's cart along; signing out leaves none on the page", async () => {
  keepCartToken('guest-token');
  const calls = stubApi({
    ...SHOP,
    'GET /cart': CART,
    'POST /auth/login': SIGNED_IN,
    'POST /auth/logout': () => new Response(null, { status: 204 }),
    'POST /cart/merge': { ...CART, capped: [] },
  });
  const { session, queryClient } = await openPage('/en/cart');
  await act(() => session.signIn('ada@example.com', 'sunny-orchard-42'));
  await waitFor(() => expect(cartToken()).toBeNull());
  expect(calls.find(({ path }) => path === '/cart/merge')?.headers.get('x-cart-token')).toBe('guest-token');
  await waitFor(() => expect(queryClient.getQueryData(['cart', 'own'])).toBeTruthy());
  await act(() => session.signOut());
  await waitFor(() => expect(queryClient.getQueryData(['cart', 'own'])).toBeUndefined());
});

test('a merge that fails keeps the token for the next time', async () => {
  keepCartToken('guest-token');
  stubApi({ ...SHOP, 'GET /cart': CART, 'POST /auth/login': SIGNED_IN, 'POST /cart/merge': () => problem(503, 'x') });
  const { session } = await openPage('/en/cart');
  await act(() => session.signIn('ada@example.com', 'sunny-orchard-42'));
  await waitFor(() => expect(within(screen.getByRole('main')).getByText('Clay Pot')).toBeTruthy());
  expect(cartToken()).toBe('guest-token');
});

test('Back from another site asks for the cart again', async () => {
  keepCartToken('guest-token');
  const calls = stubApi({ ...SHOP, 'GET /cart': CART });
  await openPage('/en/cart');
  await screen.findByRole('button', { name: 'Remove Clay Pot' });
  const before = calls.filter(({ path }) => path === '/cart').length;
  window.dispatchEvent(Object.assign(new Event('pageshow'), { persisted: true }));
  await waitFor(() => expect(calls.filter(({ path }) => path === '/cart').length).toBeGreaterThan(before));
});

test('without storage the token lasts as long as the page', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new Error('forbidden');
  });
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(() => {
    throw new Error('forbidden');
  });
  keepCartToken('in-memory');
  expect(cartToken()).toBe('in-memory');
  vi.restoreAllMocks();
  keepCartToken(null);
});
