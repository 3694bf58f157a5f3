import { readSearch } from '@sharestack/console/readSearch.ts';

export const STATES = ['published', 'hidden'] as const;

export const parseReviewsSearch = (raw: Record<string, unknown>) => readSearch(raw, { status: STATES, customer: 'id' });
export type ReviewsSearch = ReturnType<typeof parseReviewsSearch>;
