export interface TokenSearch {
  token?: string;
}

/** The token of a link in a letter; the API alone knows whether it is one of ours. */
export function parseTokenSearch(raw: Record<string, unknown>): TokenSearch {
  return typeof raw.token === 'string' && raw.token !== '' ? { token: raw.token } : {};
}

export interface KeepAccountSearch extends TokenSearch {
  /** Until when an account that was closed just now can be kept; there is no token then, but in the letter. */
  until?: string;
}

export function parseKeepAccountSearch(raw: Record<string, unknown>): KeepAccountSearch {
  const until = typeof raw.until === 'string' && !Number.isNaN(Date.parse(raw.until)) ? { until: raw.until } : {};
  return { ...parseTokenSearch(raw), ...until };
}
