import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';

export type AuthoredReview = Schemas['AuthoredReview'];

export const OWN_REVIEWS_KEY = ['own-reviews'] as const;

export const ownReviewsQuery = (api: Api) =>
  growingListQuery<AuthoredReview>(OWN_REVIEWS_KEY, (cursor) =>
    take(api.GET('/api/v1/reviews/mine', { params: { query: { limit: 20, cursor } } })),
  );

export const changeReview = (api: Api, reviewId: string, change: Schemas['ReviewChange']) =>
  take(api.PATCH('/api/v1/reviews/{review_id}', { params: { path: { review_id: reviewId } }, body: change }));

export const deleteReview = (api: Api, reviewId: string) =>
  take(api.DELETE('/api/v1/reviews/{review_id}', { params: { path: { review_id: reviewId } } }));
