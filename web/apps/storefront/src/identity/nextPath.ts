/** Where to go after signing in: a path of this site and nothing else (`//host` is another site). */
export function nextPath(raw: unknown): string | undefined {
  if (typeof raw !== 'string' || raw.length > 2000) return undefined;
  return /^\/(?![/\\])/.test(raw) && !raw.includes('\\') ? raw : undefined;
}

export interface SignInSearch {
  next?: string;
}

export function parseSignInSearch(raw: Record<string, unknown>): SignInSearch {
  const next = nextPath(raw.next);
  return next ? { next } : {};
}
