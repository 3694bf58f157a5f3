import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { providersForm, simulateStripe } from '@sharestack/testing/stripe.ts';
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { keepCartToken } from '../ordering/cartToken.ts';
import { CHECKOUT_ID, CHECKOUT_SHOP, FINE_CART, INTENT, ORDER_ID, PAYMENT, PAYMENT_ID } from '../testing/checkout.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn } from '../testing/signedIn.ts';

const PAY = `/en/checkout?checkout=${CHECKOUT_ID}`;
const RETURN = `/en/checkout/return?payment=${PAYMENT_ID}`;

beforeEach(() => keepCartToken('guest-token'));
afterEach(() => sessionStorage.clear());

/** The shop's API, and Stripe's script and answers in front of it. */
function openShop(answers: Parameters<typeof stubApi>[0] = CHECKOUT_SHOP) {
  const calls = stubApi(answers);
  const shop = globalThis.fetch as (request: Request) => Promise<Response>;
  return { calls, stripe: simulateStripe(shop) };
}

async function pay(name: RegExp) {
  await userEvent.click(await waitFor(() => within(providersForm()).getByRole('radio', { name })));
  await userEvent.click(screen.getByRole('button', { name: 'Order and pay $34.80' }));
}

test('the payment is opened, confirmed, and leads to the order', async () => {
  const { calls, stripe } = openShop();
  const { router } = await openPage(PAY);
  await screen.findByRole('button', { name: 'Order and pay $34.80' });
  for (const name of ['terms of service', 'returns and refunds', 'privacy notice']) {
    expect(screen.getByRole('link', { name }).getAttribute('target')).toBe('_blank');
  }
  expect(screen.getByRole('timer').textContent).toMatch(/Reserved for you for (9|10):\d\d/);
  await expectAccessible();
  await pay(/4242/);
  await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${ORDER_ID}`));
  expect(router.state.location.search).toEqual({ token: 'order-token' });
  const opened = calls.find(({ path }) => path === '/payments/intent');
  expect(opened?.body).toEqual({ checkout_id: CHECKOUT_ID });
  expect(opened?.headers.get('x-cart-token')).toBe('guest-token');
  expect(opened?.headers.get('idempotency-key')).toBeTruthy();
  expect(stripe.calls.at(-1)?.sent.get('return_url')).toBe(`${location.origin}${RETURN}`);
});

test('a decline stays on the page, and the same payment is tried again', async () => {
  const { calls, stripe } = openShop();
  stripe.confirmations.push({ error: { type: 'card_error', code: 'card_declined', message: 'no' } });
  const { router } = await openPage(PAY);
  await pay(/9995/);
  expect(await screen.findByText(/The bank declined this card/)).toBeTruthy();
  await pay(/4242/);
  await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${ORDER_ID}`));
  expect(calls.filter(({ path }) => path === '/orders')).toHaveLength(1);
  expect(new Set(stripe.calls.map(({ sent }) => sent.get('client_secret'))).size).toBe(1);
});

test('who is signed in pays with a saved card, and sees the order in their account', async () => {
  const saved = { id: 'pm_1', kind: 'card', brand: 'visa', last4: '4242', expires_month: 1, expires_year: 2034 };
  const { stripe } = openShop({
    ...CHECKOUT_SHOP,
    ...signedIn(),
    'GET /cart': FINE_CART,
    'GET /payment-methods': { items: [saved] },
    'POST /orders': { id: ORDER_ID, token: null },
  });
  const { router } = await openPage(PAY);
  await screen.findByRole('radio', { name: /Visa ending in 4242/ });
  await userEvent.click(await screen.findByRole('button', { name: 'Order and pay $34.80' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/account/orders/${ORDER_ID}`));
  expect(stripe.calls.at(-1)?.sent.get('payment_method')).toBe('pm_1');
});

test.each([
  ['payment_blocked', 403, /This payment is not possible/],
  ['too_many_declined_payments', 409, /please check out again from the cart/],
])('a payment that cannot be made (%s) says why and offers no other try', async (code, status, text) => {
  openShop({ ...CHECKOUT_SHOP, 'POST /payments/intent': () => problem(status, code) });
  await openPage(PAY);
  expect(await screen.findByText(text)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
  await expectAccessible();
});

test('a provider that does not answer is waited for as long as it asks', async () => {
  let tries = 0;
  openShop({
    ...CHECKOUT_SHOP,
    'POST /payments/intent': () => {
      tries += 1;
      return tries > 1 ? INTENT : problem(429, 'rate_limited', {}, { 'retry-after': '1' });
    },
  });
  await openPage(PAY);
  const again = await screen.findByRole('button', { name: 'Try again' });
  expect((again as HTMLButtonElement).disabled).toBe(true);
  await waitFor(() => expect((again as HTMLButtonElement).disabled).toBe(false));
  await userEvent.click(again);
  expect(await screen.findByRole('button', { name: 'Order and pay $34.80' })).toBeTruthy();
});

test('the return page believes the API alone, and takes off what a bank added', async () => {
  openShop({ ...CHECKOUT_SHOP, 'GET /payments/*': { ...PAYMENT, status: 'canceled' } });
  const { router } = await openPage(`${RETURN}&redirect_status=succeeded&payment_intent_client_secret=x`);
  expect(await screen.findByText('This payment was canceled')).toBeTruthy();
  expect(router.state.location.search).toEqual({ payment: PAYMENT_ID });
});

test('an order that cannot be opened after paying is tried again with the same key', async () => {
  let tries = 0;
  const { calls } = openShop({
    ...CHECKOUT_SHOP,
    'POST /orders': () => {
      tries += 1;
      return tries === 1 ? problem(503, 'unavailable') : { id: ORDER_ID, token: 'order-token' };
    },
  });
  const { router } = await openPage(RETURN);
  expect(await screen.findByText(/nothing is ordered twice/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/orders/${ORDER_ID}`));
  const keys = calls.filter(({ path }) => path === '/orders').map(({ headers }) => headers.get('idempotency-key'));
  expect(new Set(keys).size).toBe(1);
});

test('two orders of one visit are told apart by their payments', async () => {
  const second = CHECKOUT_ID.replace(/2$/, '9');
  const { calls } = openShop({ ...CHECKOUT_SHOP, 'GET /payments/*': { ...PAYMENT, checkout_id: second } });
  await openPage(RETURN);
  await waitFor(() => expect(calls.find(({ path }) => path === '/orders')?.body).toEqual({ checkout_id: second }));
});

test('a payment that failed says why, and can be tried again', async () => {
  const failed = { ...PAYMENT, status: 'failed', failure_code: 'insufficient_funds' };
  openShop({ ...CHECKOUT_SHOP, 'GET /payments/*': failed });
  const { router } = await openPage(RETURN);
  expect(await screen.findByText('Confirming your payment')).toBeTruthy();
  expect(await screen.findByText(/not enough money on this card/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(screen.getByRole('link', { name: 'Pay again' }));
  expect(router.state.location.search).toEqual({ checkout: CHECKOUT_ID });
});

test('a payment that waits for its payer says so, and how to pay another way', async () => {
  openShop({ ...CHECKOUT_SHOP, 'GET /payments/*': { ...PAYMENT, status: 'requires_action' } });
  await openPage(RETURN);
  expect(await screen.findByText('Waiting for you to pay')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Go back and pay another way' })).toBeTruthy();
});

test('a payment of somebody else is not shown, and one that cannot be read is asked for again', async () => {
  openShop({ ...CHECKOUT_SHOP, 'GET /payments/*': () => problem(404, 'payment_not_found') });
  await openPage(RETURN);
  expect(await screen.findByText('This payment cannot be shown here')).toBeTruthy();
  cleanup();
  let tries = 0;
  openShop({
    ...CHECKOUT_SHOP,
    'GET /payments/*': () => {
      tries += 1;
      return tries === 1 ? Promise.reject(new TypeError('network')) : { ...PAYMENT, status: 'canceled' };
    },
  });
  await openPage(RETURN);
  await userEvent.click(await screen.findByRole('button', { name: /Try again/ }));
  expect(await screen.findByText('This payment was canceled')).toBeTruthy();
});

test('without a payment there is nothing to show', async () => {
  openShop();
  await openPage('/en/checkout/return');
  expect(await screen.findByText('This payment cannot be shown here')).toBeTruthy();
});
