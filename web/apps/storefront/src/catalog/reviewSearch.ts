/** What a product's address may hold: the variant that is shown, and which reviews. */
export interface ReviewSearch {
  reviews?: ReviewSort;
  stars?: string;
  after?: string;
}

export interface ProductSearch extends ReviewSearch {
  variant?: string;
}

export const REVIEW_SORTS = ['helpful', 'newest', '-rating', 'rating'] as const;
export type ReviewSort = (typeof REVIEW_SORTS)[number];
export const DEFAULT_REVIEW_SORT: ReviewSort = 'helpful';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export function parseProductSearch(raw: Record<string, unknown>): ProductSearch {
  const sort = REVIEW_SORTS.find((one) => one === raw.reviews && one !== DEFAULT_REVIEW_SORT);
  return {
    ...(UUID.test(String(raw.variant)) ? { variant: String(raw.variant) } : {}),
    ...(sort ? { reviews: sort } : {}),
    ...(/^[1-5]$/.test(String(raw.stars)) ? { stars: String(raw.stars) } : {}),
    ...(typeof raw.after === 'string' && raw.after ? { after: raw.after.slice(0, 1000) } : {}),
  };
}
