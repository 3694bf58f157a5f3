import { act, renderHook, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { brandName } from './brands.ts';
import { outcomeOf } from './stripe.ts';
import { declineText, texts } from './texts.ts';
import { usePaymentResult, verdictOf } from './usePaymentResult.ts';

afterEach(() => void vi.useRealTimers());

test.each([
  [{ intent: { status: 'succeeded' } }, { kind: 'confirmed' }],
  [{ intent: { status: 'processing' } }, { kind: 'confirmed' }],
  [{ intent: { status: 'requires_action' } }, { kind: 'waiting' }],
  [{ intent: { status: 'requires_payment_method' } }, { kind: 'failed' }],
  [{ error: { type: 'validation_error' } }, { kind: 'incomplete' }],
  [{ error: { type: 'api_connection_error' } }, { kind: 'lost' }],
  [{ error: { type: 'card_error' } }, { kind: 'declined', code: 'generic_decline' }],
  [{ error: { type: 'card_error', code: 'expired_card' } }, { kind: 'declined', code: 'expired_card' }],
  [{ error: { type: 'api_error', code: 'lock_timeout' } }, { kind: 'failed' }],
  [{ error: { type: 'x', setup_intent: { status: 'succeeded' } } }, { kind: 'confirmed' }],
] as const)('what the provider says (%j) is %j', (said, outcome) => {
  expect(outcomeOf(said)).toEqual(outcome);
});

test.each([
  ['succeeded', 1, 0, 'paid'],
  ['refunded', 1, 0, 'paid'],
  ['canceled', 1, 0, 'canceled'],
  ['requires_payment', 1, 0, 'checking'],
  ['processing', 6, 0, 'late'],
  ['requires_action', 6, 0, 'waiting'],
  ['requires_action', 200, 0, 'late'],
  // What failed may be the attempt before: believed once it stays so.
  ['failed', 2, 2, 'checking'],
  ['failed', 3, 3, 'failed'],
])('%s after %i looks is %s', (status, tries, failures, verdict) => {
  expect(verdictOf(status, { tries, failures })).toBe(verdict);
});

test('the API is asked after 1, 2, 4, 8 and 15 seconds, and then no more', async () => {
  vi.useFakeTimers();
  const read = vi.fn(async () => ({ status: 'processing' }));
  const { result } = renderHook(() => usePaymentResult(read));
  for (const [seconds, asked] of [
    [0, 1],
    [1, 2],
    [2, 3],
    [4, 4],
    [8, 5],
    [15, 6],
    [60, 6],
  ] as const) {
    await act(async () => void (await vi.advanceTimersByTimeAsync(seconds * 1000)));
    expect(read).toHaveBeenCalledTimes(asked);
  }
  expect(result.current.verdict).toBe('late');
});

test('a payment that waits for its payer is asked for every five seconds', async () => {
  vi.useFakeTimers();
  const read = vi.fn(async () => ({ status: 'requires_action' }));
  const { result, unmount } = renderHook(() => usePaymentResult(read));
  await act(async () => void (await vi.advanceTimersByTimeAsync(15_000)));
  expect(read).toHaveBeenCalledTimes(4);
  expect(result.current.verdict).toBe('waiting');
  unmount();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(read).toHaveBeenCalledTimes(4);
});

test('a lost connection is told, and asking starts anew', async () => {
  const read = vi.fn().mockRejectedValueOnce(new TypeError('network')).mockResolvedValue({ status: 'succeeded' });
  const { result } = renderHook(() => usePaymentResult(read));
  await waitFor(() => expect(result.current.error).toBeTruthy());
  act(() => result.current.again());
  await waitFor(() => expect(result.current.verdict).toBe('paid'));
  expect(result.current.error).toBeNull();
});

test('every decline has words, and unknown ones those of a decline', () => {
  const t = texts['zh-CN'];
  expect(declineText(t, 'insufficient_funds')).toBe(t.declines.insufficient_funds);
  expect(declineText(t, 'never_heard_of')).toBe(t.declined);
  expect(declineText(t, null)).toBe(t.failed);
});

test('brands are called as they call themselves', () => {
  expect(brandName('amex')).toBe('American Express');
  expect(brandName('us_bank_account')).toBe('Us bank account');
});
