export interface ReviewDraft {
  rating: number;
  title: string;
  body: string;
}

const EMPTY: ReviewDraft = { rating: 0, title: '', body: '' };
const key = (slug: string) => `review-draft:${slug}`;

/** What was written about a product and not sent yet: a reload or a lost connection does not take it away. */
export function reviewDraft(slug: string): ReviewDraft {
  try {
    return { ...EMPTY, ...JSON.parse(sessionStorage.getItem(key(slug)) ?? '{}') };
  } catch {
    return EMPTY;
  }
}

export function keepReviewDraft(slug: string, draft: ReviewDraft | null): void {
  try {
    if (draft) sessionStorage.setItem(key(slug), JSON.stringify(draft));
    else sessionStorage.removeItem(key(slug));
  } catch {
    // Storage can be forbidden; then it lasts as long as the form is on the page.
  }
}
