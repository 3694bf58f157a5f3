/** What somebody wished for before signing in; it is done when they come back to the page. */
const KEY = 'wish-after-sign-in';

export function keepWish(productId: string): void {
  try {
    sessionStorage.setItem(KEY, productId);
  } catch {
    // Storage can be forbidden: then the heart has to be pressed once more.
  }
}

/** Whether the product was wished for before signing in; asked once. */
export function takeWish(productId: string): boolean {
  try {
    if (sessionStorage.getItem(KEY) !== productId) return false;
    sessionStorage.removeItem(KEY);
    return true;
  } catch {
    return false;
  }
}
