export const DIRECTIONS = ['received', 'sent'] as const;
export type Direction = (typeof DIRECTIONS)[number];

export interface RequestsSearch {
  /** Without one, those that were received. */
  direction?: Direction;
}

export function parseRequestsSearch(raw: Record<string, unknown>): RequestsSearch {
  return raw.direction === 'sent' ? { direction: 'sent' } : {};
}
