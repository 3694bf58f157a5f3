import { readSearch } from '@sharestack/console/readSearch.ts';

export const RETURN_STATES = ['requested', 'approved', 'rejected', 'received', 'refunded'] as const;

export const parseReturnsSearch = (raw: Record<string, unknown>) =>
  readSearch(raw, { status: RETURN_STATES, customer: 'id' });
export type ReturnsSearch = ReturnType<typeof parseReturnsSearch>;
