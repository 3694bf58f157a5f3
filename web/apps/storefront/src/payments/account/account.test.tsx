import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';
import { isExpired } from './methodNames.ts';
import { parseMethodsSearch } from './search.ts';

// The provider's form is a script of the provider's; `packages/payments` has the tests of it.
vi.mock('@sharestack/payments/PaymentMethodSetup.tsx', () => ({
  PaymentMethodSetup: (props: { returnUrl: string; onSaved: () => void; onCancel: () => void }) => (
    <div>
      <p>{props.returnUrl}</p>
      <button type="button" onClick={props.onSaved}>
        Save the card
      </button>
      <button type="button" onClick={props.onCancel}>
        Leave the form
      </button>
    </div>
  ),
}));

const CARD = {
  id: 'pm_1',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  wallet: null,
  expires_month: 12,
  expires_year: 2034,
  created_at: '2026-11-20T10:00:00Z',
};
const OLD_CARD = { ...CARD, id: 'pm_2', brand: 'mastercard', last4: '4444', wallet: 'apple_pay', expires_year: 2020 };
const ALIPAY = {
  ...CARD,
  id: 'pm_3',
  kind: 'alipay',
  brand: null,
  last4: null,
  expires_month: null,
  expires_year: null,
};
const PAYMENT = {
  id: 'pay-1',
  checkout_id: 'k-1',
  order_id: 'o-1' as string | null,
  provider: 'stripe',
  amount: 2932,
  currency: 'USD',
  status: 'partially_refunded',
  amount_captured: 2932,
  amount_refunded: 1000,
  failure_code: null,
  method: { type: 'card', brand: 'visa', last4: '4242', wallet: null } as object | null,
  created_at: '2026-11-20T10:00:00Z',
  updated_at: '2026-11-20T10:00:00Z',
};
const PAGE = '/en/account/payment-methods';
const main = () => within(screen.getByRole('main'));

beforeEach(() => {
  vi.restoreAllMocks();
});

test.each(['/account/payments', '/en/account/payments'])('%s lists what was paid and refunded', async (address) => {
  const waiting = { ...PAYMENT, id: 'pay-2', status: 'canceled', order_id: null, method: null, amount_refunded: 0 };
  stubApi({ ...SHOP, ...signedIn(), 'GET /payments': { items: [PAYMENT, waiting], next_cursor: null } });
  await openPage(address);
  const link = await main().findByRole('link', { name: /29.32/ });
  expect(link.getAttribute('href')).toMatch(/\/account\/orders\/o-1$/);
  expect(main().getByText(/-.*10.00/)).toBeTruthy();
  expect(main().getByText(/已作废|Void/)).toBeTruthy();
  await expectAccessible();
});

test('without payments it says where they will be', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'GET /payments': { items: [], next_cursor: null } });
  await openPage('/en/account/payments');
  expect(await main().findByText('No payments yet')).toBeTruthy();
});

test('saved methods are shown by what people know of them', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'GET /payment-methods': { items: [CARD, OLD_CARD, ALIPAY] } });
  await openPage(PAGE);
  expect(await main().findByText('Visa ending in 4242')).toBeTruthy();
  expect(main().getByText('Valid until 12/2034')).toBeTruthy();
  expect(main().getByText('Apple Pay · Mastercard ending in 4444')).toBeTruthy();
  expect(main().getByText('Expired 12/2020')).toBeTruthy();
  expect(main().getByText(/Alipay/)).toBeTruthy();
  await expectAccessible();
});

test('a method is deleted after a question, and gone is gone', async () => {
  const answers: Response[] = [problem(503, 'payment_provider_unavailable'), problem(404, 'payment_method_not_found')];
  let items: object[] = [CARD];
  stubApi({
    ...SHOP,
    ...signedIn(),
    'GET /payment-methods': () => ({ items }),
    'DELETE /payment-methods/pm_1': () => answers.shift() ?? problem(500, 'internal_error'),
  });
  await openPage(PAGE);
  await userEvent.click(await main().findByRole('button', { name: 'Delete Visa ending in 4242' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Delete this payment method?' }));
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await dialog.findByText(/The payment provider does not answer/)).toBeTruthy();
  expect(dialog.getByText('c-1')).toBeTruthy();
  items = [];
  await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
  expect(await main().findByText('Deleted.')).toBeTruthy();
  expect(main().getByText('Nothing saved yet')).toBeTruthy();
});

test('a method can be kept after all', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'GET /payment-methods': { items: [CARD] } });
  await openPage(PAGE);
  await userEvent.click(await main().findByRole('button', { name: 'Delete Visa ending in 4242' }));
  await userEvent.click(screen.getByRole('button', { name: 'Keep it' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(main().queryByText('Deleted.')).toBeNull();
});

test('a method is added in the form of the provider', async () => {
  let items: object[] = [];
  const answers: object[] = [problem(429, 'rate_limited', {}, { 'retry-after': '9' })];
  const calls = stubApi({
    ...SHOP,
    ...signedIn(),
    'GET /payment-methods': () => ({ items }),
    'POST /payment-methods/setup': () =>
      answers.shift() ?? { provider: 'stripe', publishable_key: 'pk', client_secret: 'secret' },
  });
  await openPage(PAGE);
  const add = await main().findByRole('button', { name: 'Add a payment method' });
  await userEvent.click(add);
  expect(await main().findByText(/try again in 9 s/)).toBeTruthy();
  await userEvent.click(add);
  expect(await main().findByText('http://localhost:3000/en/account/payment-methods')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getByRole('button', { name: 'Leave the form' }));
  await userEvent.click(main().getByRole('button', { name: 'Add a payment method' }));
  items = [CARD];
  await userEvent.click(await main().findByRole('button', { name: 'Save the card' }));
  expect(await main().findByText('Saved.')).toBeTruthy();
  expect(await main().findByText('Visa ending in 4242')).toBeTruthy();
  const keys = calls
    .filter(({ path }) => path === '/payment-methods/setup')
    .map(({ headers }) => headers.get('idempotency-key'));
  expect(keys[0]).toBe(keys[1]);
  expect(keys[2]).not.toBe(keys[1]);
});

test.each([
  ['succeeded', 'Saved.'],
  ['failed', /It was not saved/],
])('coming back from a bank it says how it went: %s', async (status, words) => {
  stubApi({ ...SHOP, ...signedIn(), 'GET /payment-methods': { items: [CARD] } });
  await openPage(`${PAGE}?setup_intent=seti_1&redirect_status=${status}`);
  expect(await main().findByText(words)).toBeTruthy();
});

test('methods that do not load can be tried again', async () => {
  let answer: () => object = () => problem(503, 'payment_provider_unavailable');
  stubApi({ ...SHOP, ...signedIn(), 'GET /payment-methods': () => answer() });
  await openPage(PAGE);
  const again = await main().findByRole('button', { name: 'Try again' });
  answer = () => ({ items: [CARD] });
  await userEvent.click(again);
  await waitFor(() => expect(main().getByText('Visa ending in 4242')).toBeTruthy());
});

test('a card is good until the end of its month', () => {
  const now = new Date(2026, 10, 30);
  expect(isExpired(11, 2026, now)).toBe(false);
  expect(isExpired(10, 2026, now)).toBe(true);
  expect(isExpired(12, 2025, now)).toBe(true);
  expect(parseMethodsSearch({})).toEqual({});
});
