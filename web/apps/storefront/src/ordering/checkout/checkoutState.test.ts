import { afterEach, expect, test, vi } from 'vitest';
import { forgetKey, keyOf } from './checkoutKeys.ts';
import { parseCheckoutSearch, parseReturnSearch } from './checkoutSearch.ts';
import { minutesAndSeconds } from './clock.ts';
import { EMPTY_DRAFT, keepDraft, readDraft } from './draft.ts';
import { orderPath } from './usePlacedOrder.ts';

const ID = '01A22C28-3D4D-7117-A8D6-A3080FF9E692';

afterEach(() => {
  sessionStorage.clear();
  keepDraft(null);
});

test('an address names a checkout or a payment by an id, and by nothing else', () => {
  expect(parseCheckoutSearch({ checkout: ID })).toEqual({ checkout: ID.toLowerCase() });
  expect(parseCheckoutSearch({ checkout: '../admin' })).toEqual({});
  expect(parseReturnSearch({ payment: ID, redirect_status: 'succeeded' })).toEqual({ payment: ID.toLowerCase() });
  expect(parseReturnSearch({})).toEqual({});
});

test('a key stays until the order is shown, and is another for another checkout', () => {
  const key = keyOf('a');
  expect(keyOf('a')).toBe(key);
  expect(keyOf('b')).not.toBe(key);
  forgetKey('a');
  expect(keyOf('a')).not.toBe(key);
});

test('where storage is forbidden, draft and key last as long as the page', () => {
  const refuse = () => {
    throw new DOMException('no', 'SecurityError');
  };
  vi.spyOn(Storage.prototype, 'getItem').mockImplementation(refuse);
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(refuse);
  vi.spyOn(Storage.prototype, 'removeItem').mockImplementation(refuse);
  expect(keyOf('c')).toBe(keyOf('c'));
  forgetKey('c');
  keepDraft({ ...EMPTY_DRAFT, email: 'ada@example.com' });
  expect(readDraft().email).toBe('ada@example.com');
  keepDraft(null);
  expect(readDraft()).toEqual(EMPTY_DRAFT);
});

test('a draft that cannot be read is none', () => {
  sessionStorage.setItem('checkout-draft', '{');
  expect(readDraft()).toEqual(EMPTY_DRAFT);
});

test('time is shown as a clock does', () => {
  expect(minutesAndSeconds(125)).toBe('2:05');
  expect(minutesAndSeconds(59)).toBe('0:59');
});

test('a guest sees an order by its token, a customer in their account', () => {
  expect(orderPath({ id: 'o', token: 'a b' })).toBe('/orders/o?token=a%20b');
  expect(orderPath({ id: 'o', token: null })).toBe('/account/orders/o');
});
