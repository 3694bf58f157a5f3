import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { ReviewsSearch } from './search.ts';

export type Review = Schemas['AdminReview'];

export const PAGE_SIZE = 50;
const LATEST = 5;
export const REVIEWS_KEY = ['reviews'] as const;

/** All reviews, the newest first. */
export const reviewsQuery = (api: Api, search: ReviewsSearch) =>
  cursorPages<Review>({
    queryKey: [...REVIEWS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/reviews', {
          params: {
            query: { status: search.status ?? null, user_id: search.customer ?? null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });

/** What an author wrote last. */
export const latestReviewsQuery = (api: Api, userId: string) =>
  queryOptions({
    queryKey: [...REVIEWS_KEY, 'latest', userId],
    queryFn: () => take(api.GET('/api/v1/admin/reviews', { params: { query: { user_id: userId, limit: LATEST } } })),
    select: ({ items }) => items,
  });

export const changeStatus = (api: Api, id: string, status: Review['status'], reason: string) =>
  take(
    api.PUT('/api/v1/admin/reviews/{review_id}/status', {
      params: { path: { review_id: id } },
      body: { status, reason },
    }),
  );

export const replyTo = (api: Api, id: string, body: string) =>
  take(api.PUT('/api/v1/admin/reviews/{review_id}/reply', { params: { path: { review_id: id } }, body: { body } }));

export const removeReply = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/reviews/{review_id}/reply', { params: { path: { review_id: id } } }));
