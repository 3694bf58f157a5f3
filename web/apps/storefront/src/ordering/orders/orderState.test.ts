import { addressLines } from '@sharestack/i18n/addressLines.ts';
import { expect, test } from 'vitest';
import { DELIVERED, ORDER, UNPAID } from '../../testing/orders.ts';
import { formatSize } from './formatSize.ts';
import { isCancellable, isPayable, pauseOfOrder, refundsOf, statusWord, stepsOf } from './orderState.ts';
import type { Order } from './queries.ts';
import { parseOrderSearch, parseOrdersSearch } from './search.ts';

const NOW = Date.parse('2026-11-25T00:00:00Z');
const order = (change: object, from: object = ORDER) => ({ ...from, ...change }) as Order;
const entry = (kind: string, status: string, more: object = {}) => ({
  kind,
  status,
  before: null,
  actor: 'admin',
  reference: 'x-1',
  amount: null,
  created_at: '2026-11-24T00:00:00Z',
  ...more,
});

test.each([
  [UNPAID, 'pending'],
  [{ ...UNPAID, payment: { id: 'p', status: 'processing', method: null } }, 'paying'],
  [ORDER, 'paid'],
  [{ ...ORDER, status: 'processing', fulfilment_status: 'partially_shipped' }, 'partially_shipped'],
  [{ ...ORDER, items: [{ ...ORDER.items[0], requires_shipping: false }] }, 'ready'],
  [{ ...ORDER, status: 'cancelled', state: 'cancelled' }, 'cancelled'],
  [{ ...ORDER, status: 'refunded', payment_status: 'refunded' }, 'refunded'],
  [DELIVERED, 'delivered'],
])('an order is called what it is to its buyer: %#', (value, word) => {
  expect(statusWord(value as unknown as Order)).toBe(word);
});

const names = (value: Order) => stepsOf(value).map(({ name, isDone }) => (isDone ? name : `(${name})`));

test('the steps are those that an order of its kind takes', () => {
  expect(names(order({}))).toEqual(['placed', 'paid', '(packed)', '(shipped)', '(delivered)']);
  expect(names(order({}, DELIVERED))).toEqual(['placed', 'paid', 'packed', 'shipped', 'delivered']);
  expect(names(order({ items: [{ ...ORDER.items[0], requires_shipping: false }] }))).toEqual(['placed', 'paid']);
  expect(names(order({ fulfilment_status: 'processing', timeline: [entry('status', 'processing')] }))[2]).toBe(
    'packed',
  );
});

test('what was cancelled or refunded ends there', () => {
  expect(names(order({ state: 'cancelled', paid_at: null }))).toEqual(['placed', 'cancelled']);
  const refunded = order({ payment_status: 'refunded', timeline: [entry('status', 'refunded')] });
  expect(stepsOf(refunded).at(-1)).toEqual({ name: 'refunded', at: '2026-11-24T00:00:00Z', isDone: true });
});

test('only what nobody has in hand is cancelled', () => {
  expect(isCancellable(order({}))).toBe(true);
  expect(isCancellable(order({}, DELIVERED))).toBe(false);
  expect(isCancellable(order({ items: [{ ...ORDER.items[0], handed_over_quantity: 1 }] }))).toBe(false);
  expect(isCancellable(order({ state: 'cancelled' }))).toBe(false);
  expect(isCancellable(order({ payment_status: 'refunded' }))).toBe(false);
});

test('it is paid as long as its stock is kept', () => {
  expect(isPayable(order({ payable_until: '2026-11-25T00:00:01Z' }, UNPAID), NOW)).toBe(true);
  expect(isPayable(order({ payable_until: '2026-11-24T23:59:59Z' }, UNPAID), NOW)).toBe(false);
  expect(isPayable(order({ payable_until: null }, UNPAID), NOW)).toBe(false);
  expect(isPayable(order({ payable_until: '2026-11-25T00:00:01Z' }), NOW)).toBe(false);
});

test('refunds are what went back, and what is on its way', () => {
  const timeline = [
    entry('refund', 'succeeded', { amount: 100 }),
    entry('refund', 'succeeded', { amount: 50 }),
    entry('refund', 'pending', { amount: 30 }),
    entry('refund', 'failed', { amount: 9 }),
  ];
  expect(refundsOf(order({ timeline }))).toEqual({ done: 150, pending: 30 });
});

test.each([
  ['a payment that is worked on', order({ payment: { id: 'p', status: 'processing', method: null } }, UNPAID), 5000],
  ['an order under way', order({}), 30_000],
  ['a completed one', order({}, DELIVERED), null],
  ['a return that is not decided', order({ timeline: [entry('return', 'requested')] }, DELIVERED), 30_000],
  [
    'a return that was refused',
    order({ timeline: [entry('return', 'requested'), entry('return', 'rejected')] }, DELIVERED),
    null,
  ],
  ['a refund under way', order({ timeline: [entry('refund', 'pending', { amount: 1 })] }, DELIVERED), 30_000],
  ['a fresh cancelling', order({ state: 'cancelled', cancelled_at: '2026-11-24T12:00:00Z' }), 30_000],
  ['an old cancelling', order({ state: 'cancelled', cancelled_at: '2026-11-20T12:00:00Z' }), null],
  [
    'a cancelling of what was not paid',
    order({ state: 'cancelled', paid_at: null, cancelled_at: '2026-11-24T12:00:00Z' }),
    null,
  ],
  ['an end without a time', order({ state: 'cancelled', cancelled_at: null }), null],
])('it is looked at again as long as something can happen: %s', (_, value, pause) => {
  expect(pauseOfOrder(value, NOW)).toBe(pause);
});

test('an address is written as where it is', () => {
  const address = { ...(ORDER.shipping_address as object), phone: '+44 1' } as never;
  expect(addressLines(address, 'en')).toEqual([
    'Ada Hughes',
    '1 Mill Lane',
    'Bristol, BS1 4DJ',
    'United Kingdom',
    '+44 1',
  ]);
  const chinese = {
    name: '王芳',
    line1: '中山路 1 号',
    city: '杭州市',
    region: '浙江省',
    postal_code: '310000',
    country: 'CN',
  };
  expect(addressLines(chinese as never, 'zh-CN')).toEqual(['中国 310000', '浙江省 杭州市', '中山路 1 号', '王芳']);
});

test('the size of a file is in units that people know', () => {
  expect(formatSize(0, 'en')).toBe('0 bytes');
  expect(formatSize(12_345, 'en')).toBe('12 kB');
  expect(formatSize(3_450_000, 'en')).toBe('3.5 MB');
});

test('search parameters that mean nothing are dropped', () => {
  expect(parseOrdersSearch({ status: 'shipped' })).toEqual({ status: 'shipped' });
  expect(parseOrdersSearch({ status: 'lost' })).toEqual({});
  expect(parseOrderSearch({ token: 'abc' })).toEqual({ token: 'abc' });
  expect(parseOrderSearch({ token: '' })).toEqual({});
});
