export const KINDS = ['posts', 'people', 'tickers', 'tags', 'groups'] as const;
export type Kind = (typeof KINDS)[number];

export interface FindSearch {
  /** What is looked for; without it, the page only asks. */
  q?: string;
  /** Without one, the first few of each. */
  kind?: Kind;
}

export const MOST_CHARACTERS = 100;

/** Any other form of an address redirects to this one. */
export function parseFindSearch(raw: Record<string, unknown>): FindSearch {
  const q = typeof raw.q === 'string' ? [...raw.q.trim()].slice(0, MOST_CHARACTERS).join('') : '';
  const kind = KINDS.find((one) => one === raw.kind);
  return { ...(q ? { q } : {}), ...(kind ? { kind } : {}) };
}
