import { type Answers, type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test } from 'vitest';
import { CART, PRODUCT, SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const WISH = {
  product_id: 'p-1',
  slug: 'clay-pot',
  name: 'Clay Pot',
  currency: 'USD',
  price_min_amount: 1290,
  on_sale: true,
  in_stock: true,
  known_amount: 1490,
  variant_id: PRODUCT.variants[0]?.id ?? null,
  image: null,
  created_at: '2026-11-20T08:00:00Z',
};
const GONE = {
  ...WISH,
  product_id: 'p-9',
  slug: 'old-cup',
  name: 'أكواب',
  on_sale: false,
  in_stock: false,
  known_amount: null,
};

beforeEach(() => sessionStorage.clear());

const none = () => new Response(null, { status: 204 });

function shop(wishes: object[], more: Answers = {}): Call[] {
  return stubApi({
    ...signedIn(),
    ...SHOP,
    'GET /wishlist': { items: wishes, next_cursor: null },
    'PUT /wishlist/*': none,
    'DELETE /wishlist/*': none,
    ...more,
  });
}

test('a heart is filled at once, and saved', async () => {
  const calls = shop([]);
  await openPage('/en/p/clay-pot');
  await userEvent.click(await screen.findByRole('button', { name: 'Add to wishlist' }));
  expect(await screen.findByRole('button', { name: 'On your wishlist' })).toBeTruthy();
  await waitFor(() => expect(calls.some(({ method, path }) => `${method} ${path}` === 'PUT /wishlist/p-1')).toBe(true));
});

test('a heart that could not be saved is as it was, and says so', async () => {
  shop([WISH], { 'DELETE /wishlist/*': () => problem(503, 'temporarily_unavailable') });
  await openPage('/en/p/clay-pot');
  await userEvent.click(await screen.findByRole('button', { name: 'On your wishlist' }));
  expect(await screen.findByText('That was not saved. Please try again.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'On your wishlist' })).toBeTruthy();
});

test('a full wishlist says what to do', async () => {
  shop([], { 'PUT /wishlist/*': () => problem(409, 'wishlist_full') });
  await openPage('/en/p/clay-pot');
  await userEvent.click(await screen.findByRole('button', { name: 'Add to wishlist' }));
  expect(await screen.findByText('Your wishlist is full (500). Remove something first.')).toBeTruthy();
});

test('who is not signed in is sent there, and the wish is done when they come back', async () => {
  stubApi(SHOP);
  const { router } = await openPage('/en/p/clay-pot');
  const heart = await screen.findByRole('link', { name: 'Add to wishlist' });
  await userEvent.click(heart);
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
  expect(router.state.location.search).toEqual({ next: '/en/p/clay-pot' });
  document.body.replaceChildren();
  const calls = shop([]);
  await openPage('/en/p/clay-pot');
  await waitFor(() => expect(calls.filter(({ method }) => method === 'PUT')).toHaveLength(1));
  expect(sessionStorage.length).toBe(0);
});

test('the wishlist shows prices and stock as they are, in every language', async () => {
  shop([WISH, GONE]);
  await openPage('/en/account/wishlist');
  await screen.findByRole('link', { name: 'Clay Pot' });
  const [pot, cup] = screen
    .getAllByRole('listitem')
    .filter((item) => within(item).queryByRole('heading', { level: 2 }));
  expect(within(pot as HTMLElement).getByText(/\$2.00 less than when you saved it/)).toBeTruthy();
  expect(within(pot as HTMLElement).getByText('In stock')).toBeTruthy();
  expect(within(cup as HTMLElement).getByText('No longer sold')).toBeTruthy();
  expect(within(cup as HTMLElement).queryByRole('link')).toBeNull();
  await expectAccessible();
});

test('what is removed can be put back', async () => {
  const calls = shop([WISH]);
  await openPage('/en/account/wishlist');
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Clay Pot from the wishlist' }));
  expect(await screen.findByText('Clay Pot was removed')).toBeTruthy();
  const undo = screen.getByRole('button', { name: 'Undo' });
  expect(document.activeElement).toBe(undo);
  await userEvent.click(undo);
  expect(await screen.findByRole('link', { name: 'Clay Pot' })).toBeTruthy();
  await waitFor(() =>
    expect(calls.filter(({ path }) => path === '/wishlist/p-1').map(({ method }) => method)).toEqual(['DELETE', 'PUT']),
  );
});

test('what could not be removed stays', async () => {
  shop([WISH], { 'DELETE /wishlist/*': () => problem(503, 'temporarily_unavailable') });
  await openPage('/en/account/wishlist');
  await userEvent.click(await screen.findByRole('button', { name: 'Remove Clay Pot from the wishlist' }));
  expect(await screen.findByText('That was not saved. Please try again.')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Clay Pot' })).toBeTruthy();
});

test('a wish moves into the cart', async () => {
  const calls = shop([WISH], { 'POST /cart/items': CART });
  await openPage('/en/account/wishlist');
  await userEvent.click(await screen.findByRole('button', { name: /Add to cart/ }));
  expect(await screen.findByText('Clay Pot is in your cart')).toBeTruthy();
  expect(calls.find(({ path }) => path === '/cart/items')?.body).toEqual({ variant_id: WISH.variant_id, quantity: 1 });
  await waitFor(() =>
    expect(calls.some(({ method, path }) => method === 'DELETE' && path === '/wishlist/p-1')).toBe(true),
  );
});

test('an empty wishlist says what to do next', async () => {
  shop([]);
  await openPage('/account/wishlist');
  expect(await screen.findByText('还没有心愿')).toBeTruthy();
  expect(screen.getByRole('link', { name: '去逛逛' })).toBeTruthy();
});
