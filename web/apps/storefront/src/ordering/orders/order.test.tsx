import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { CART, SHOP } from '../../testing/fixtures.ts';
import { openPage } from '../../testing/openPage.tsx';
import { BOOK_LINE, DELIVERED, ORDER, PARCEL, POT_LINE, RETURN, RETURNABLE, UNPAID } from '../../testing/orders.ts';
import { signedIn } from '../../testing/signedIn.ts';
import { keepCartToken } from '../cartToken.ts';

const LINK = '/en/orders/o-1?token=guest';
const NO_RETURNS = { items: [], returnable: [] };
const main = () => within(screen.getByRole('main'));

test.each(['/orders/o-1?token=guest', LINK])('%s shows a guest everything about the order', async (address) => {
  const calls = stubApi({ ...SHOP, 'GET /orders/o-1': { ...ORDER, billing_address: ORDER.shipping_address } });
  await openPage(address);
  expect(await screen.findByRole('heading', { level: 1, name: /ABCDE-FGHJK/ })).toBeTruthy();
  expect(calls.find(({ path }) => path === '/orders/o-1')?.query.get('token')).toBe('guest');
  expect(main().getByRole('link', { name: 'Clay Pot' }).getAttribute('href')).toContain('/p/clay-pot?variant=');
  expect(main().getByText(/29.32/)).toBeTruthy();
  expect(main().getByText(/SPRING/)).toBeTruthy();
  expect(main().getByText(/Visa/)).toBeTruthy();
  expect(
    main()
      .getByRole('link', { name: /注册账户|^Register$/ })
      .getAttribute('href'),
  ).toMatch(/\/register$/);
  expect(main().getAllByText(/Bristol/)).toHaveLength(2);
  await expectAccessible();
});

test('how far it is stands in steps, and all that happened below', async () => {
  stubApi({ ...SHOP, 'GET /orders/o-1': ORDER });
  await openPage(LINK);
  await screen.findByText('Paid, to be shipped');
  const steps = within(screen.getByRole('region', { name: 'Progress' })).getAllByRole('listitem');
  expect(steps.map((step) => step.getAttribute('aria-current'))).toEqual([null, null, 'step', null, null]);
  await userEvent.click(screen.getByText('Everything that happened'));
  expect(screen.getByText('Payment received')).toBeTruthy();
});

test('a link that is too old says so, and one that was never good says something else', async () => {
  let answer = problem(410, 'order_link_expired');
  stubApi({ ...SHOP, 'GET /orders/o-1': () => answer });
  await openPage(LINK);
  expect(await screen.findByRole('heading', { name: 'This link has expired' })).toBeTruthy();
  expect(main().getByRole('link', { name: 'Write to us' }).getAttribute('href')).toMatch(/^mailto:/);
  await expectAccessible();
  document.body.replaceChildren();
  answer = problem(404, 'order_not_found');
  await openPage('/en/orders/o-1?token=forged');
  expect(await screen.findByRole('heading', { name: 'This link opens no order' })).toBeTruthy();
  expect(main().getByRole('link', { name: 'Sign in' }).getAttribute('href')).toContain(
    encodeURIComponent('/en/account/orders/o-1'),
  );
});

test('without a token somebody signs in, or is led to the account', async () => {
  stubApi(SHOP);
  await openPage('/en/orders/o-1');
  expect(await screen.findByRole('heading', { name: 'Sign in to see this order' })).toBeTruthy();
  document.body.replaceChildren();
  stubApi({ ...SHOP, ...signedIn(), 'GET /orders/o-1': ORDER });
  const { router } = await openPage('/en/orders/o-1');
  await waitFor(() => expect(router.state.location.pathname).toBe('/account/orders/o-1'));
  expect(await screen.findByRole('heading', { level: 1, name: 'Order ABCDE-FGHJK' })).toBeTruthy();
  await expectAccessible();
});

test('an order of somebody else is none, and trouble can be tried again', async () => {
  let answer: Response | object = problem(503, 'temporarily_unavailable');
  stubApi({ ...SHOP, ...signedIn(), 'GET /orders/o-1': () => answer });
  await openPage('/en/account/orders/o-1');
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer = problem(404, 'order_not_found');
  await userEvent.click(again);
  expect(await screen.findByRole('heading', { name: 'There is no such order' })).toBeTruthy();
});

test('what is not paid leads to paying where its cart is', async () => {
  stubApi({ ...SHOP, 'GET /orders/o-1': UNPAID, 'GET /cart': CART });
  await openPage(LINK);
  await screen.findByText(/Please pay before/);
  expect(screen.queryByRole('link', { name: 'Pay now' })).toBeNull();
  document.body.replaceChildren();
  keepCartToken('guest-token');
  await openPage(LINK);
  const pay = await screen.findByRole('link', { name: 'Pay now' });
  expect(pay.getAttribute('href')).toBe(`/en/checkout?checkout=${UNPAID.checkout_id}`);
  expect(screen.queryByRole('button', { name: 'Buy again' })).toBeNull();
});

test('when the time to pay is over it says what becomes of it', async () => {
  stubApi({ ...SHOP, 'GET /orders/o-1': { ...UNPAID, payable_until: '2026-11-20T10:03:00Z', payment: null } });
  await openPage(LINK);
  expect(await screen.findByText(/The time to pay is over/)).toBeTruthy();
  expect(screen.getByText('Nothing was paid.')).toBeTruthy();
});

test('cancelling asks first, says what happens, and keeps one key for one wish', async () => {
  const cancelled = { ...ORDER, status: 'cancelled', state: 'cancelled', cancelled_at: new Date().toISOString() };
  let shown: object = ORDER;
  const answers = [
    () => Promise.reject(new TypeError('network')),
    () => problem(409, 'already_shipped'),
    () => cancelled,
  ];
  const calls = stubApi({
    ...SHOP,
    'GET /orders/o-1': () => shown,
    'POST /orders/o-1/cancel': () => answers.shift()?.() ?? cancelled,
  });
  await openPage(LINK);
  await userEvent.click(await screen.findByRole('button', { name: 'Cancel the order' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Cancel this order?' }));
  expect(dialog.getByText(/The \$29.32 that you paid go back/)).toBeTruthy();
  await expectAccessible();
  await userEvent.type(dialog.getByRole('textbox'), 'By mistake');
  const press = () => userEvent.click(dialog.getByRole('button', { name: 'Cancel the order' }));
  await press();
  expect(await dialog.findByText(/The network is down/)).toBeTruthy();
  await press();
  expect(await dialog.findByText(/Some of it has left already/)).toBeTruthy();
  expect(dialog.getByText('c-1')).toBeTruthy();
  shown = cancelled;
  await press();
  expect(await screen.findByText(/cancelled, and your money is on its way back/)).toBeTruthy();
  const sent = calls.filter(({ path }) => path.endsWith('/cancel'));
  expect(sent.map(({ body }) => body)).toEqual(Array(3).fill({ reason: 'By mistake' }));
  expect(new Set(sent.map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('an order can be kept after all, by a button or by Escape', async () => {
  stubApi({ ...SHOP, 'GET /orders/o-1': UNPAID });
  await openPage(LINK);
  const open = () => userEvent.click(screen.getByRole('button', { name: 'Cancel the order' }));
  await screen.findByRole('button', { name: 'Cancel the order' });
  await open();
  expect(await screen.findByText(/Your things go back to the cart/)).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Keep the order' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  await open();
  (await screen.findByRole('dialog')).dispatchEvent(new Event('cancel', { cancelable: true }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await open();
  await userEvent.click(await screen.findByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('buying again fills the cart, and says what is gone', async () => {
  const answers: object[] = [CART, problem(404, 'variant_not_found')];
  const calls = stubApi({
    ...SHOP,
    'GET /orders/o-1': { ...ORDER, items: [POT_LINE, { ...BOOK_LINE, product_slug: null }] },
    'GET /orders/o-1/downloads': { order_id: 'o-1', items: [] },
    'POST /cart/items': () => answers.shift() ?? problem(503, 'temporarily_unavailable'),
  });
  await openPage(LINK);
  await userEvent.click(await screen.findByRole('button', { name: 'Buy again' }));
  expect(await screen.findByText('1 product is in your cart.')).toBeTruthy();
  expect(screen.getByText('no longer sold')).toBeTruthy();
  expect(calls.filter(({ path }) => path === '/cart/items').map(({ body }) => body)).toEqual([
    { variant_id: POT_LINE.variant_id, quantity: 2 },
    { variant_id: BOOK_LINE.variant_id, quantity: 1 },
  ]);
  await userEvent.click(screen.getByRole('button', { name: 'Buy again' }));
  expect(await screen.findByText(/That did not work/)).toBeTruthy();
});

test('parcels say where they are followed', async () => {
  const writeText = vi.fn(async (_: string) => undefined);
  const user = userEvent.setup();
  vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(writeText);
  const away = {
    ...PARCEL,
    id: 's-2',
    carrier: 'other',
    tracking_number: null,
    tracking_url: null,
    delivered_at: null,
  };
  stubApi({
    ...SHOP,
    'GET /orders/o-1': { ...DELIVERED, shipments: [PARCEL, away] },
    'GET /orders/o-1/returns': NO_RETURNS,
  });
  await openPage(LINK);
  const link = await screen.findByRole('link', { name: /Track the parcel 00340434161094022115/ });
  expect(link.getAttribute('href')).toBe(PARCEL.tracking_url);
  expect(link.getAttribute('rel')).toBe('noreferrer');
  await user.click(screen.getByRole('button', { name: 'Copy' }));
  expect(await screen.findByRole('button', { name: 'Copied' })).toBeTruthy();
  expect(writeText).toHaveBeenCalledWith(PARCEL.tracking_number);
  expect(screen.getByText(/Parcel 2 · Courier/)).toBeTruthy();
  await expectAccessible();
});

test('files are downloaded as often as they may be', async () => {
  const assign = vi.fn();
  vi.stubGlobal('location', { ...window.location, origin: window.location.origin, assign });
  const file = {
    order_item_id: 'i-2',
    media_id: 'm-1',
    product_name: 'A Year of Bread',
    variant_title: '',
    file_name: 'bread.pdf',
    content_type: 'application/pdf',
    size_bytes: 2_400_000,
    downloads_left: 1,
  };
  const answers: object[] = [
    problem(409, 'payment_not_judged'),
    {
      url: 'https://files.example/bread',
      file_name: 'bread.pdf',
      expires_at: '2026-11-20T11:00:00Z',
      downloads_left: 0,
    },
  ];
  stubApi({
    ...SHOP,
    'GET /orders/o-1': { ...ORDER, items: [BOOK_LINE] },
    'GET /orders/o-1/downloads': { order_id: 'o-1', items: [file] },
    'POST /orders/o-1/downloads/m-1': () => answers.shift() ?? problem(409, 'download_limit_reached'),
  });
  await openPage(LINK);
  const button = await screen.findByRole('button', { name: 'Download bread.pdf' });
  expect(screen.getByText(/2.4 MB · 1 download left/)).toBeTruthy();
  await userEvent.click(button);
  expect(await screen.findByText(/being checked. Please try again in a minute/)).toBeTruthy();
  await userEvent.click(button);
  expect(await screen.findByText(/The download has begun/)).toBeTruthy();
  expect(assign).toHaveBeenCalledWith('https://files.example/bread');
  expect((button as HTMLButtonElement).disabled).toBe(true);
  await expectAccessible();
});

test('files that could not be listed are asked for again', async () => {
  let answer: Response | object = problem(503, 'temporarily_unavailable');
  stubApi({
    ...SHOP,
    'GET /orders/o-1': { ...ORDER, items: [BOOK_LINE] },
    'GET /orders/o-1/downloads': () => answer,
  });
  await openPage(LINK);
  const again = await screen.findByRole('button', { name: 'Try again' });
  answer = { order_id: 'o-1', items: [] };
  await userEvent.click(again);
  await waitFor(() => expect(screen.queryByRole('heading', { name: 'Downloads' })).toBeNull());
});

test('the invoice and a credit note are saved as files', async () => {
  const made = vi.fn((_: Blob) => 'blob:invoice');
  Object.assign(URL, { createObjectURL: made, revokeObjectURL: vi.fn() });
  const saved: string[] = [];
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function click(this: HTMLAnchorElement) {
    saved.push(this.download);
  });
  const pdf = () => new Response('%PDF', { headers: { 'content-type': 'application/pdf' } });
  const answers = [() => problem(409, 'not_invoiced'), pdf];
  const refund = {
    kind: 'refund',
    status: 'succeeded',
    before: null,
    actor: 'admin',
    reference: 'f-1',
    amount: 500,
    created_at: '2026-11-22T10:00:00Z',
  };
  const note = { kind: 'credit_note', id: 'c-1', number: 'CN-2026-000007' };
  stubApi({
    ...SHOP,
    'GET /orders/o-1': { ...ORDER, prices_include_tax: true, timeline: [...ORDER.timeline, refund] },
    'GET /orders/o-1/documents': { items: [{ kind: 'invoice', id: null, number: 'IN-1' }, note] },
    'GET /orders/o-1/invoice': () => answers.shift()?.() ?? pdf(),
    'GET /orders/o-1/credit-notes/*': pdf,
  });
  await openPage(LINK);
  expect(await screen.findByText('-$5.00')).toBeTruthy();
  const invoice = screen.getByRole('button', { name: 'Download the invoice (PDF)' });
  await userEvent.click(invoice);
  expect(await screen.findByText('There is an invoice once the order is paid.')).toBeTruthy();
  await userEvent.click(invoice);
  await waitFor(() => expect(saved).toEqual(['Invoice ABCDE-FGHJK.pdf']));
  await userEvent.click(screen.getByRole('button', { name: 'Download credit note CN-2026-000007 (PDF)' }));
  await waitFor(() => expect(saved[1]).toBe('CN-2026-000007.pdf'));
  vi.restoreAllMocks();
});

test('pieces are returned with a reason; what is missing is said at its place', async () => {
  let returns: object = { items: [], returnable: RETURNABLE };
  const calls = stubApi({
    ...SHOP,
    'GET /orders/o-1': DELIVERED,
    'GET /orders/o-1/returns': () => returns,
    'POST /orders/o-1/returns': () => {
      returns = { items: [{ ...RETURN, status: 'requested', decision_note: null }], returnable: [] };
      return RETURN;
    },
  });
  await openPage(LINK);
  await userEvent.click(await screen.findByRole('button', { name: 'Return something' }));
  const count = screen.getByRole('combobox', { name: 'Clay Pot: how many' });
  const reason = screen.getByRole('combobox', { name: 'Clay Pot: reason' });
  expect(document.activeElement).toBe(count);
  const send = () => userEvent.click(screen.getByRole('button', { name: 'Send the request' }));
  await send();
  expect(screen.getByText('Please choose at least one piece to return.')).toBeTruthy();
  expect(document.activeElement).toBe(count);
  await userEvent.selectOptions(count, '1');
  await send();
  expect(screen.getByText('Please choose a reason.')).toBeTruthy();
  expect(document.activeElement).toBe(reason);
  await expectAccessible();
  await userEvent.selectOptions(reason, 'damaged');
  await userEvent.type(screen.getByRole('textbox', { name: 'Note (optional)' }), 'The rim is chipped.');
  await send();
  expect(await screen.findByText(/Your request is with the shop/)).toBeTruthy();
  expect(await screen.findByText('Requested, waiting for the shop')).toBeTruthy();
  expect(calls.find(({ method, path }) => method === 'POST' && path.endsWith('/returns'))?.body).toEqual({
    lines: [{ order_item_id: 'i-1', quantity: 1, reason: 'damaged' }],
    note: 'The rim is chipped.',
  });
});

test('a request that is refused keeps what was typed', async () => {
  stubApi({
    ...SHOP,
    'GET /orders/o-1': DELIVERED,
    'GET /orders/o-1/returns': { items: [], returnable: RETURNABLE },
    'POST /orders/o-1/returns': () => problem(429, 'rate_limited', {}, { 'retry-after': '30' }),
  });
  await openPage(LINK);
  await userEvent.click(await screen.findByRole('button', { name: 'Return something' }));
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Clay Pot: how many' }), '2');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Clay Pot: reason' }), 'other');
  await userEvent.click(screen.getByRole('button', { name: 'Send the request' }));
  expect(await screen.findByText(/Please try again in 30 seconds/)).toBeTruthy();
  expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Clay Pot: how many' }).value).toBe('2');
  await userEvent.click(screen.getByRole('button', { name: 'Not now' }));
  expect(screen.getByRole('button', { name: 'Return something' })).toBeTruthy();
});

test('a return says how it stands, where to send it, and what came back', async () => {
  const refunded = { ...RETURN, id: 'r-2', status: 'refunded', refund_amount: 1161, note: null, decision_note: null };
  stubApi({
    ...SHOP,
    'GET /orders/o-1': DELIVERED,
    'GET /orders/o-1/returns': { items: [RETURN, refunded], returnable: [] },
  });
  await openPage(LINK);
  expect(await screen.findByText('Agreed, please send it back')).toBeTruthy();
  expect(screen.getByText('Send it to 12 Kiln Lane.')).toBeTruthy();
  expect(main().getByRole('link', { name: 'how returns work' }).getAttribute('href')).toBe('/en/legal/returns');
  expect(screen.getByText('$11.61')).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Return something' })).toBeNull();
  await expectAccessible();
});

test('an order is printed', async () => {
  const print = vi.spyOn(window, 'print').mockImplementation(() => undefined);
  stubApi({ ...SHOP, 'GET /orders/o-1': { ...ORDER, payment: null, total_amount: 0, shipping_amount: 0 } });
  await openPage(LINK);
  await userEvent.click(await screen.findByRole('button', { name: 'Print' }));
  expect(print).toHaveBeenCalledOnce();
  expect(screen.getByText('There is nothing to pay for this order.')).toBeTruthy();
});

test('names of any length and direction stay in their place', async () => {
  const name = `شمعة 🕯️ ${'long '.repeat(2000)}`;
  stubApi({ ...SHOP, 'GET /orders/o-1': { ...ORDER, items: [{ ...POT_LINE, name, product_slug: null }] } });
  await openPage(LINK);
  const shown = await screen.findByText((_, element) => element?.tagName === 'P' && element.textContent === name);
  expect(shown.getAttribute('dir')).toBe('auto');
  expect(shown.className).toContain('line-clamp');
});

test('an order that changes elsewhere changes on the page', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
  let shown: typeof ORDER = { ...UNPAID, payment: { id: 'p', status: 'processing', method: null } };
  stubApi({ ...SHOP, 'GET /orders/o-1': () => shown });
  await openPage(LINK);
  await screen.findByText('Payment under way');
  await vi.advanceTimersByTimeAsync(100);
  shown = ORDER;
  await vi.advanceTimersByTimeAsync(6000);
  expect(await screen.findByText('Paid, to be shipped')).toBeTruthy();
  vi.useRealTimers();
});
