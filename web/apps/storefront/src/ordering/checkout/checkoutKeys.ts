const PREFIX = 'checkout-key ';
const kept = new Map<string, string>();

/**
 * The Idempotency-Key of a checkout: one until its order is shown, whatever is pressed or reloaded meanwhile. A key for
 * each press would buy twice when an answer is lost.
 */
export function keyOf(checkoutId: string): string {
  const name = PREFIX + checkoutId;
  const known = stored(name) ?? kept.get(name);
  if (known) return known;
  const key = crypto.randomUUID();
  try {
    sessionStorage.setItem(name, key);
  } catch {
    // Kept as long as the page.
    kept.set(name, key);
  }
  return key;
}

/** Its order has been shown. */
export function forgetKey(checkoutId: string): void {
  kept.delete(PREFIX + checkoutId);
  try {
    sessionStorage.removeItem(PREFIX + checkoutId);
  } catch {
    // There was none.
  }
}

function stored(name: string): string | null {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}
