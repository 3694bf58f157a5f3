import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { CODE_SHOWN, intentOf, providersForm, simulateStripe } from '@sharestack/testing/stripe.ts';
import { act, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { Payment } from './Payment.tsx';
import { PaymentMethodSetup } from './PaymentMethodSetup.tsx';
import type { SavedMethod } from './SavedMethods.tsx';

const INTENT = { provider: 'stripe', publishable_key: 'pk_test_1', client_secret: 'pi_1_secret_x' };
const CARD: SavedMethod = {
  id: 'pm_saved',
  kind: 'card',
  brand: 'visa',
  last4: '4242',
  expires_month: 3,
  expires_year: 2034,
};

const nothingElse = () => Promise.reject(new TypeError('network'));

function openPayment({ locale = 'en', savedMethods = [] }: { locale?: Locale; savedMethods?: SavedMethod[] } = {}) {
  const onPaid = vi.fn();
  const onRefused = vi.fn();
  render(
    <LocaleProvider locale={locale}>
      <Payment
        intent={INTENT}
        returnUrl="https://shop.test/checkout/return?payment=1"
        savedMethods={savedMethods}
        label="Order and pay $9.00"
        onPaid={onPaid}
        onRefused={onRefused}
      />
    </LocaleProvider>,
  );
  return { onPaid, onRefused };
}

async function choose(name: RegExp) {
  const radio = await waitFor(() => within(providersForm()).getByRole('radio', { name }));
  await userEvent.click(radio);
}

const press = () => userEvent.click(screen.getByRole('button', { name: 'Order and pay $9.00' }));

// First, because what loaded once stays loaded.
test('a script that does not load is told, and loaded by the next try', async () => {
  const simulated = simulateStripe(nothingElse);
  const append = vi.mocked(document.head.append);
  const load = append.getMockImplementation();
  append.mockImplementation((element) => void (element as HTMLScriptElement).onerror?.('refused'));
  openPayment();
  const alert = await screen.findByRole('alert');
  expect(alert.textContent).toContain('could not be loaded');
  if (load) append.mockImplementation(load);
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(within(providersForm()).getAllByRole('radio')).toHaveLength(5));
  expect(simulated.calls[0]?.path).toBe('/v1/payment_intents/pi_1');
});

test('a test card pays once, however often the button is pressed', async () => {
  const { calls } = simulateStripe(nothingElse);
  const { onPaid } = openPayment();
  await choose(/Visa ending in 4242/);
  await expectAccessible();
  const button = screen.getByRole('button', { name: 'Order and pay $9.00' });
  fireEvent.click(button);
  fireEvent.click(button);
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
  const confirmations = calls.filter(({ path }) => path.endsWith('/confirm'));
  expect(confirmations).toHaveLength(1);
  expect(Object.fromEntries(confirmations[0]?.sent ?? [])).toEqual({
    key: 'pk_test_1',
    client_secret: 'pi_1_secret_x',
    return_url: 'https://shop.test/checkout/return?payment=1',
    payment_method: 'pm_card_visa',
  });
});

test('nothing can be typed into the simulated form', async () => {
  simulateStripe(nothingElse);
  openPayment();
  await choose(/4242/);
  expect(within(providersForm()).queryByRole('textbox')).toBeNull();
  expect(within(providersForm()).getByText('Simulated payment: no money')).toBeTruthy();
});

test('without a choice the form says so, and nothing is confirmed', async () => {
  const { calls } = simulateStripe(nothingElse);
  openPayment();
  await waitFor(() => within(providersForm()).getAllByRole('radio'));
  await press();
  expect(await within(providersForm()).findByText('Please choose a way to pay.')).toBeTruthy();
  expect(calls.some(({ path }) => path.endsWith('/confirm'))).toBe(false);
});

test('a decline is said in words, and the same payment can be tried again', async () => {
  const simulated = simulateStripe(nothingElse);
  simulated.confirmations.push({
    error: { type: 'card_error', code: 'card_declined', decline_code: 'insufficient_funds', message: 'poor' },
  });
  const { onPaid, onRefused } = openPayment();
  await choose(/9995/);
  await press();
  expect((await screen.findByText(/not enough money on this card/)).getAttribute('role')).toBe('alert');
  expect(onRefused).toHaveBeenCalledTimes(1);
  await choose(/4242/);
  await press();
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(screen.queryByText(/not enough money/)).toBeNull());
});

test('WeChat Pay shows a code until the phone has paid', async () => {
  const simulated = simulateStripe(nothingElse);
  simulated.confirmations.push(CODE_SHOWN);
  const { onPaid } = openPayment();
  await choose(/WeChat Pay/);
  await press();
  const dialog = await waitFor(() => within(providersForm()).getByRole('dialog', { name: 'WeChat Pay (simulated)' }));
  expect(within(dialog).getByRole('img', { name: 'QR code to pay with' })).toBeTruthy();
  const { sent } = simulated.calls.at(-1) ?? {};
  expect(sent?.get('payment_method_options[wechat_pay][client]')).toBe('web');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Pay on the phone' }));
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
});

test.each([
  ['Refuse on the phone', /check by your bank was not passed/],
  ['Pay another way', /Nothing has been paid yet/],
])('a code that is not paid (%s) leads back to the form', async (button, text) => {
  const simulated = simulateStripe(nothingElse);
  simulated.confirmations.push(CODE_SHOWN);
  const { onPaid } = openPayment();
  await choose(/WeChat Pay/);
  await press();
  await userEvent.click(await waitFor(() => within(providersForm()).getByRole('button', { name: button })));
  expect(await screen.findByText(text)).toBeTruthy();
  expect(onPaid).not.toHaveBeenCalled();
});

test('an answer that is lost is asked for, and a payment that went through is not made twice', async () => {
  const simulated = simulateStripe(nothingElse);
  simulated.confirmations.push(new TypeError('network'));
  const { onPaid } = openPayment();
  await choose(/4242/);
  simulated.intent = intentOf({ status: 'succeeded' });
  await press();
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
});

test('an answer that is lost for good says what is known', async () => {
  const simulated = simulateStripe(nothingElse);
  simulated.confirmations.push(new TypeError('network'));
  const { onPaid } = openPayment();
  await choose(/4242/);
  await press();
  expect(await screen.findByText(/you will not be charged twice/)).toBeTruthy();
  // Pressed again: it had gone through after all, which is refused as a repetition and is a success.
  simulated.confirmations.push({
    error: {
      type: 'invalid_request_error',
      code: 'payment_intent_unexpected_state',
      message: 'paid',
      payment_intent: intentOf({ status: 'succeeded' }),
    },
  });
  await press();
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
});

test('a saved card pays by its token', async () => {
  const { calls } = simulateStripe(nothingElse);
  const { onPaid } = openPayment({ savedMethods: [CARD] });
  const saved = await screen.findByRole('radio', { name: /Visa ending in 4242/ });
  expect((saved as HTMLInputElement).checked).toBe(true);
  await press();
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
  expect(calls.at(-1)?.sent.get('payment_method')).toBe('pm_saved');
});

test('another way than the saved card opens the form', async () => {
  const { calls } = simulateStripe(nothingElse);
  const { onPaid } = openPayment({ savedMethods: [CARD] });
  await userEvent.click(await screen.findByRole('radio', { name: 'Pay another way' }));
  await choose(/4242/);
  await press();
  await waitFor(() => expect(onPaid).toHaveBeenCalledTimes(1));
  expect(calls.at(-1)?.sent.get('payment_method')).toBe('pm_card_visa');
});

test('the form speaks the language of the page', async () => {
  simulateStripe(nothingElse);
  openPayment({ locale: 'zh-CN', savedMethods: [] });
  await choose(/尾号 4242/);
  expect(within(providersForm()).getByText('模拟支付：不会动用真钱')).toBeTruthy();
});

test('Back from a bank finds a button that can be pressed', async () => {
  const simulated = simulateStripe(nothingElse);
  openPayment();
  await choose(/4242/);
  // A confirmation that leaves for another page never answers.
  vi.stubGlobal('fetch', () => new Promise(() => undefined));
  await press();
  const button = screen.getByRole('button', { name: 'Order and pay $9.00' });
  expect(button.getAttribute('aria-busy')).toBe('true');
  const restored = Object.assign(new Event('pageshow'), { persisted: true });
  await act(async () => void window.dispatchEvent(restored));
  expect(button.getAttribute('aria-busy')).toBeNull();
  expect(simulated.confirmations).toEqual([]);
});

test('a provider that this page does not know is told', () => {
  render(
    <LocaleProvider locale="en">
      <Payment intent={{ ...INTENT, provider: 'other' }} returnUrl="x" label="Pay" onPaid={() => undefined} />
      <PaymentMethodSetup setup={{ ...INTENT, provider: 'other' }} returnUrl="x" onSaved={() => undefined} />
    </LocaleProvider>,
  );
  expect(screen.getAllByRole('alert').map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('too old'),
    expect.stringContaining('too old'),
  ]);
});

test('a card is saved without paying, and a refusal is told', async () => {
  const simulated = simulateStripe(nothingElse);
  const setupIntent = { id: 'seti_1', object: 'setup_intent', client_secret: 'seti_1_secret_x' };
  simulated.intent = intentOf({ ...setupIntent, payment_method_types: ['card'] });
  simulated.confirmations.push({ error: { type: 'card_error', code: 'expired_card', message: 'old' } });
  const onSaved = vi.fn();
  const onCancel = vi.fn();
  render(
    <LocaleProvider locale="en">
      <PaymentMethodSetup
        setup={{ ...INTENT, client_secret: 'seti_1_secret_x' }}
        returnUrl="https://shop.test/account/payment-methods"
        onSaved={onSaved}
        onCancel={onCancel}
        cancelLabel="Not now"
      />
    </LocaleProvider>,
  );
  await choose(/4242/);
  expect(within(providersForm()).queryByRole('radio', { name: /Alipay/ })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Save this way to pay' }));
  expect(await screen.findByText(/This card has expired/)).toBeTruthy();
  simulated.confirmations.push(intentOf({ ...setupIntent, status: 'succeeded' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save this way to pay' }));
  await waitFor(() => expect(onSaved).toHaveBeenCalledTimes(1));
  expect(simulated.calls.at(-1)?.path).toBe('/v1/setup_intents/seti_1/confirm');
  await userEvent.click(screen.getByRole('button', { name: 'Not now' }));
  expect(onCancel).toHaveBeenCalledTimes(1);
});
