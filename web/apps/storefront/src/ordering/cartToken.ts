const KEY = 'cart-token';
let kept: string | null = null;

/** A guest's cart is opened by its token, which this browser keeps; where storage is forbidden, as long as the page. */
export function cartToken(): string | null {
  try {
    return localStorage.getItem(KEY) ?? kept;
  } catch {
    return kept;
  }
}

export function keepCartToken(token: string | null): void {
  kept = token;
  try {
    if (token) localStorage.setItem(KEY, token);
    else localStorage.removeItem(KEY);
  } catch {
    // Kept in memory alone.
  }
}
