import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import {
  ADDRESS,
  CHECKOUT,
  CHECKOUT_ID,
  CHECKOUT_SHOP,
  EXPRESS_RATE,
  FINE_CART,
  ORDER_ID,
} from '../testing/checkout.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn } from '../testing/signedIn.ts';
import { keepCartToken } from './cartToken.ts';

beforeEach(() => {
  keepCartToken('guest-token');
  vi.spyOn(navigator, 'languages', 'get').mockReturnValue(['en-IE']);
});
afterEach(() => sessionStorage.clear());

const type = (label: RegExp | string, value: string) =>
  fireEvent.input(screen.getByLabelText(label, { selector: 'input' }), { target: { value } });

async function fillIn() {
  await screen.findByLabelText('Email');
  type('Email', 'ada@example.com');
  type('Full name', ADDRESS.name);
  type('Street and number', ADDRESS.line1);
  type(/^(City|Town)/, ADDRESS.city);
  type(/^Postal code/, ADDRESS.postal_code);
}

const goOn = () => userEvent.click(screen.getByRole('button', { name: 'Continue to payment' }));
const sentTo = (calls: ReturnType<typeof stubApi>, path: string) => calls.filter((call) => call.path === path);

test('the cart leads to the checkout', async () => {
  stubApi(CHECKOUT_SHOP);
  const { router } = await openPage('/en/cart');
  await userEvent.click(await screen.findByRole('link', { name: 'Check out' }));
  await screen.findByRole('textbox', { name: 'Email' });
  expect(router.state.location.pathname).toBe('/checkout');
});

test('a guest says who they are and where it goes, and comes to the payment', async () => {
  const calls = stubApi(CHECKOUT_SHOP);
  const { router } = await openPage('/en/checkout');
  await fillIn();
  await userEvent.click(await screen.findByRole('radio', { name: /Express/ }));
  expect((await screen.findAllByText('$44.80')).length).toBeGreaterThan(0);
  await goOn();
  expect(await screen.findByRole('heading', { name: 'Payment' })).toBeTruthy();
  expect(sentTo(calls, '/cart/checkout').map(({ body }) => body)).toEqual([
    {
      email: 'ada@example.com',
      shipping_address: {
        name: ADDRESS.name,
        line1: ADDRESS.line1,
        city: ADDRESS.city,
        postal_code: ADDRESS.postal_code,
        country: 'IE',
      },
      billing_address: null,
      shipping_rate_id: EXPRESS_RATE,
      accept_changes: false,
    },
  ]);
  expect(sentTo(calls, '/cart/checkout')[0]?.headers.get('x-cart-token')).toBe('guest-token');
  expect(router.state.location.search).toEqual({ checkout: CHECKOUT_ID });
});

test('the form is one that everybody can fill in', async () => {
  stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await screen.findByRole('radio', { name: /Standard/ });
  await expectAccessible();
});

test('pressing twice checks out once', async () => {
  const calls = stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await fillIn();
  const button = screen.getByRole('button', { name: 'Continue to payment' });
  fireEvent.click(button);
  fireEvent.click(button);
  await screen.findByRole('heading', { name: 'Payment' });
  expect(sentTo(calls, '/cart/checkout')).toHaveLength(1);
});

test('what is missing is marked, and has the focus, before anything is sent', async () => {
  const calls = stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await fillIn();
  type('Email', 'ada at example');
  type('Full name', ' ');
  await goOn();
  expect(await screen.findByText('This does not look like an email address.')).toBeTruthy();
  const email = screen.getByRole('textbox', { name: 'Email' });
  await waitFor(() => expect(document.activeElement).toBe(email));
  expect(screen.getByRole('textbox', { name: 'Full name' }).getAttribute('aria-invalid')).toBe('true');
  expect(sentTo(calls, '/cart/checkout')).toHaveLength(0);
  await expectAccessible();
});

test('a field that the API refuses is marked where it stands', async () => {
  const errors = [{ field: 'body.shipping_address.city', message: 'no' }];
  stubApi({ ...CHECKOUT_SHOP, 'POST /cart/checkout': () => problem(422, 'validation_failed', { errors }) });
  await openPage('/en/checkout');
  await fillIn();
  await goOn();
  const city = screen.getByRole('textbox', { name: /City|Town/ });
  await waitFor(() => expect(document.activeElement).toBe(city));
});

test('a price that has changed is told with both values, and bought once that is accepted', async () => {
  let isTold = false;
  const item = { id: 'l-1', name: 'Clay Pot', price_at_time: 1290, unit_amount: 1490, problems: ['price_changed'] };
  const coupons = [{ code: 'SPRING', problem: 'expired' }];
  const changed = { items: [item], coupons, total_amount: 3480, currency: 'USD' };
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    'POST /cart/checkout': () => {
      if (isTold) return CHECKOUT;
      isTold = true;
      return problem(409, 'cart_changed', changed);
    },
  });
  await openPage('/en/checkout');
  await fillIn();
  await goOn();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('was $12.90, is $14.90 now');
  expect(alert.textContent).toContain('Coupon SPRING expired');
  expect(alert.textContent).toContain('The total is $34.80 now.');
  await expectAccessible();
  await userEvent.click(within(alert).getByRole('button', { name: 'Accept and continue' }));
  await screen.findByRole('heading', { name: 'Payment' });
  expect(sentTo(calls, '/cart/checkout').at(-1)?.body).toMatchObject({ expected_total_amount: 3480 });
});

test('what is no longer sold goes out of the cart once that is accepted', async () => {
  const item = { id: 'l-1', name: 'Clay Pot', price_at_time: 1290, unit_amount: null, problems: ['removed'] };
  let isTold = false;
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    'DELETE /cart/items/*': () => new Response(null, { status: 204 }),
    'POST /cart/checkout': () => {
      if (isTold) return CHECKOUT;
      isTold = true;
      return problem(409, 'cart_changed', { items: [item], coupons: [], total_amount: 0, currency: 'USD' });
    },
  });
  await openPage('/en/checkout');
  await fillIn();
  await goOn();
  await userEvent.click(await screen.findByRole('button', { name: 'Accept and continue' }));
  await screen.findByRole('heading', { name: 'Payment' });
  expect(calls.some(({ method, path }) => method === 'DELETE' && path === '/cart/items/l-1')).toBe(true);
  expect(sentTo(calls, '/cart/checkout').at(-1)?.body).toMatchObject({ accept_changes: true });
});

test.each([
  ['insufficient_stock', 'shortages'],
  ['reservation_share_exceeded', 'items'],
])('too little stock (%s) is told, and what there is can be taken', async (code, name) => {
  const variant = FINE_CART.items[0]?.variant_id;
  let isTold = false;
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    'PUT /cart/items/*': FINE_CART,
    'POST /cart/checkout': () => {
      if (isTold) return CHECKOUT;
      isTold = true;
      return problem(409, code, { [name]: [{ variant_id: variant, wanted: 2, available: 1 }] });
    },
  });
  await openPage('/en/checkout');
  await fillIn();
  await goOn();
  expect(await screen.findByText(/you want 2, there are only 1/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Take what there is' }));
  await screen.findByRole('heading', { name: 'Payment' });
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ quantity: 1 });
});

test.each([
  [() => problem(409, 'shipping_unavailable', { problem: 'destination' }), /We do not deliver to this address/],
  [() => problem(409, 'amount_too_small', { minimum_amount: 50, currency: 'USD' }), /At least \$0.50 can be paid/],
  [() => problem(409, 'amount_too_large', { maximum_amount: 99900, currency: 'USD' }), /At most \$999.00/],
  [() => problem(429, 'reservation_renewals_exceeded', {}, { 'retry-after': '90' }), /try again in 1:30/],
  [() => problem(503, 'unavailable'), /That did not work/],
  [() => Promise.reject(new TypeError('network')), /The network is down and nothing was sent/],
])('a refusal is said in words', async (answer, text) => {
  stubApi({ ...CHECKOUT_SHOP, 'POST /cart/checkout': answer });
  await openPage('/en/checkout');
  await fillIn();
  await goOn();
  expect((await screen.findByText(text)).closest('[role=alert]')).toBeTruthy();
  // Nothing that was typed is lost.
  expect((screen.getByRole('textbox', { name: 'Email' }) as HTMLInputElement).value).toBe('ada@example.com');
});

test('a cart that is being paid leads to that payment', async () => {
  const answer = () => problem(409, 'payment_in_progress', { checkout_id: CHECKOUT_ID });
  stubApi({ ...CHECKOUT_SHOP, 'POST /cart/checkout': answer });
  const { router } = await openPage('/en/checkout');
  await fillIn();
  await goOn();
  await userEvent.click(await screen.findByRole('link', { name: 'See that payment' }));
  expect(router.state.location.search).toEqual({ checkout: CHECKOUT_ID });
});

test('what was typed survives a reload', async () => {
  stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await fillIn();
  await userEvent.click(screen.getByRole('checkbox', { name: 'The billing address is another one' }));
  cleanup();
  await openPage('/en/checkout');
  expect(((await screen.findByRole('textbox', { name: 'Email' })) as HTMLInputElement).value).toBe('ada@example.com');
  const names = screen.getAllByRole('textbox', { name: 'Full name' }) as HTMLInputElement[];
  expect(names.map(({ value }) => value)).toEqual([ADDRESS.name, '']);
});

test('another billing address is asked for and sent', async () => {
  const calls = stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await fillIn();
  await userEvent.click(screen.getByRole('checkbox', { name: 'The billing address is another one' }));
  const second = (name: string | RegExp) => screen.getAllByRole('textbox', { name })[1] as HTMLElement;
  fireEvent.input(second('Full name'), { target: { value: 'Hughes Ltd' } });
  fireEvent.input(second('Street and number'), { target: { value: '2 Dock Road' } });
  fireEvent.input(second(/City|Town/), { target: { value: 'Cork' } });
  await goOn();
  await screen.findByRole('heading', { name: 'Payment' });
  expect(sentTo(calls, '/cart/checkout')[0]?.body).toMatchObject({
    billing_address: { name: 'Hughes Ltd', line1: '2 Dock Road', city: 'Cork', country: 'IE' },
  });
});

test('another country asks for what its addresses have', async () => {
  const calls = stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  await screen.findByRole('option', { name: 'United States' });
  const country = screen.getByRole('combobox', { name: /Country/ }) as HTMLSelectElement;
  await userEvent.selectOptions(country, 'US');
  expect(country.value).toBe('US');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: 'State' }), 'CA');
  await waitFor(() => expect(sentTo(calls, '/cart').at(-1)?.query.toString()).toBe('country=US&region=CA'));
});

test('what is not shipped needs a country alone', async () => {
  const digital = { ...FINE_CART, shipping_state: 'not_needed', shipping_quotes: [], shipping_amount: 0 };
  const calls = stubApi({ ...CHECKOUT_SHOP, 'GET /cart': digital });
  await openPage('/en/checkout');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Email' }), { target: { value: 'ada@example.com' } });
  expect(screen.queryByRole('textbox', { name: 'Full name' })).toBeNull();
  await screen.findByRole('option', { name: 'United States' });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: /Country/ }), 'US');
  await userEvent.selectOptions(await screen.findByRole('combobox', { name: /State/ }), 'CA');
  await expectAccessible();
  await goOn();
  await screen.findByRole('heading', { name: 'Payment' });
  expect(sentTo(calls, '/cart/checkout')[0]?.body).toMatchObject({
    shipping_address: null,
    shipping_rate_id: null,
    country: 'US',
    region: 'CA',
  });
});

const BOOK = [
  { id: 'a-1', label: 'Office', address: { ...ADDRESS, line1: '9 Work Lane' }, is_default_shipping: false },
  { id: 'a-2', label: null, address: ADDRESS, is_default_shipping: true },
];

test('who is signed in chooses from the address book, whose default is chosen already', async () => {
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    ...signedIn(),
    'GET /cart': FINE_CART,
    'GET /users/me/addresses': { items: BOOK },
  });
  await openPage('/en/checkout');
  expect(((await screen.findByRole('radio', { name: /1 Quay Street/ })) as HTMLInputElement).checked).toBe(true);
  expect(screen.getByText('ada@example.com')).toBeTruthy();
  expect(screen.queryByRole('textbox', { name: 'Email' })).toBeNull();
  await userEvent.click(screen.getByRole('radio', { name: /Office/ }));
  await expectAccessible();
  await goOn();
  await screen.findByRole('heading', { name: 'Payment' });
  expect(sentTo(calls, '/cart/checkout')[0]?.body).toMatchObject({
    email: null,
    shipping_address: { line1: '9 Work Lane' },
  });
});

test('another address can be kept in the address book', async () => {
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    ...signedIn(),
    'GET /cart': FINE_CART,
    'GET /users/me/addresses': { items: BOOK },
    'POST /users/me/addresses': { id: 'a-3' },
  });
  await openPage('/en/checkout');
  await userEvent.click(await screen.findByRole('radio', { name: 'Use another address' }));
  type('Full name', 'Bo');
  type('Street and number', '3 New Road');
  type(/City|Town/, 'Sligo');
  await userEvent.click(screen.getByRole('checkbox', { name: 'Keep it in my address book' }));
  await goOn();
  await screen.findByRole('heading', { name: 'Payment' });
  await waitFor(() =>
    expect(calls.find(({ method, path }) => method === 'POST' && path === '/users/me/addresses')?.body).toMatchObject({
      address: { name: 'Bo', line1: '3 New Road' },
    }),
  );
});

test('a session that ends in the middle asks to sign in, and nothing typed is lost', async () => {
  stubApi({
    ...CHECKOUT_SHOP,
    ...signedIn(),
    'GET /cart': FINE_CART,
    'GET /users/me/addresses': { items: [] },
    'POST /auth/login': { access_token: 'a', expires_in: 900, user: { full_name: 'Ada' }, permissions: [] },
    'POST /cart/merge': FINE_CART,
    'POST /auth/logout': () => new Response(null, { status: 204 }),
  });
  const { session } = await openPage('/en/checkout');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Full name' }), { target: { value: 'Ada of Galway' } });
  await session.signOut();
  expect(await screen.findByText('You are signed out; please sign in again')).toBeTruthy();
  await expectAccessible();
  fireEvent.input(screen.getByLabelText('Email'), { target: { value: 'ada@example.com' } });
  fireEvent.input(screen.getByLabelText('Password'), { target: { value: 'a long password' } });
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const name = (await screen.findByRole('textbox', { name: 'Full name' })) as HTMLInputElement;
  expect(name.value).toBe('Ada of Galway');
});

test('who goes on as a guest instead does not see what the other person typed', async () => {
  stubApi({ ...CHECKOUT_SHOP, ...signedIn(), 'GET /cart': FINE_CART, 'GET /users/me/addresses': { items: [] } });
  const { session } = await openPage('/en/checkout');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Full name' }), { target: { value: 'Ada' } });
  await session.signOut();
  keepCartToken('guest-token');
  await userEvent.click(await screen.findByRole('button', { name: /Buy as a guest/ }));
  expect(((await screen.findByRole('textbox', { name: 'Full name' })) as HTMLInputElement).value).toBe('');
});

test('an empty cart says what to do, and a lost one can be asked for again', async () => {
  keepCartToken(null);
  stubApi(CHECKOUT_SHOP);
  await openPage('/en/checkout');
  expect(await screen.findByText('Your cart is empty')).toBeTruthy();
  cleanup();
  keepCartToken('guest-token');
  stubApi({ ...CHECKOUT_SHOP, 'GET /cart': () => Promise.reject(new TypeError('network')) });
  await openPage('/en/checkout');
  expect(await screen.findByRole('button', { name: /Try again|Retry/ })).toBeTruthy();
});

test('a place that nothing is delivered to is told at once', async () => {
  const cart = { ...FINE_CART, shipping_state: 'unavailable', shipping_quotes: [] };
  stubApi({ ...CHECKOUT_SHOP, 'GET /cart': cart });
  await openPage('/en/checkout');
  expect(await screen.findByText(/Choose another one, or take out what has to be shipped/)).toBeTruthy();
});

test('an order that costs nothing is placed with one key, however often the answer is lost', async () => {
  let tries = 0;
  const free = { ...CHECKOUT, total_amount: 0, next: { method: 'POST', path: '/api/v1/orders' } };
  const calls = stubApi({
    ...CHECKOUT_SHOP,
    'GET /checkouts/*': free,
    'POST /orders': () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new TypeError('network')) : { id: ORDER_ID, token: 'order token' };
    },
  });
  const { router } = await openPage(`/en/checkout?checkout=${CHECKOUT_ID}`);
  await userEvent.click(await screen.findByRole('button', { name: 'Order (nothing to pay)' }));
  expect(await screen.findByText(/The network is down/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Order (nothing to pay)' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${ORDER_ID}`));
  expect(router.state.location.search).toEqual({ token: 'order token' });
  const keys = sentTo(calls, '/orders').map(({ headers }) => headers.get('idempotency-key'));
  expect(keys).toHaveLength(2);
  expect(new Set(keys).size).toBe(1);
  expect(sessionStorage).toHaveLength(0);
});

test.each([
  ['expired', 'The reservation is over'],
  ['abandoned', 'This checkout was replaced by another one'],
])('a checkout that is %s says so and leads back', async (status, title) => {
  stubApi({ ...CHECKOUT_SHOP, 'GET /checkouts/*': { ...CHECKOUT, status } });
  const { router } = await openPage(`/en/checkout?checkout=${CHECKOUT_ID}`);
  expect(await screen.findByText(title)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(screen.getByRole('link', { name: 'Check again' }));
  expect(await screen.findByRole('textbox', { name: 'Email' })).toBeTruthy();
  expect(router.state.location.search).toEqual({});
});

test('a checkout that is paid opens its order', async () => {
  stubApi({ ...CHECKOUT_SHOP, 'GET /checkouts/*': { ...CHECKOUT, status: 'paid', order_id: ORDER_ID } });
  const { router } = await openPage(`/en/checkout?checkout=${CHECKOUT_ID}`);
  await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${ORDER_ID}`));
});

test('a checkout of somebody else is not there, and one that cannot be read can be asked for again', async () => {
  stubApi({ ...CHECKOUT_SHOP, 'GET /checkouts/*': () => problem(404, 'checkout_not_found') });
  await openPage(`/en/checkout?checkout=${CHECKOUT_ID}`);
  expect(await screen.findByText('There is no such checkout')).toBeTruthy();
  cleanup();
  stubApi({ ...CHECKOUT_SHOP, 'GET /checkouts/*': () => problem(503, 'unavailable') });
  await openPage(`/en/checkout?checkout=${CHECKOUT_ID}`);
  expect(await screen.findByRole('button', { name: /Try again/ })).toBeTruthy();
});
