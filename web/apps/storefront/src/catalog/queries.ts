import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type PickedFrom, pick } from '@sharestack/api/pick.ts';
import { queryOptions } from '@tanstack/react-query';
import { DEFAULT_REVIEW_SORT, type ReviewSearch } from './reviewSearch.ts';

/** What a product's card shows. */
export const CARD = pick<Schemas['ProductSummary']>()(
  'id',
  'slug',
  'name',
  'vendor',
  'currency',
  'price_min_amount',
  'price_max_amount',
  'compare_at_amount',
  'image',
  'in_stock',
  'rating_average',
  'rating_count',
);
export type ProductCardData = PickedFrom<Schemas['ProductSummary'], typeof CARD>;

export type Product = Schemas['Product'];

export const productQuery = (api: Api, slug: string) =>
  queryOptions({
    queryKey: ['product', slug],
    queryFn: () => take(api.GET('/api/v1/products/{product_id}', { params: { path: { product_id: slug } } })),
  });

export const recommendationsQuery = (api: Api, slug: string) =>
  queryOptions({
    queryKey: ['product', slug, 'recommendations'],
    queryFn: () =>
      take(
        api.GET('/api/v1/products/{product_id}/recommendations', {
          params: { path: { product_id: slug }, query: { limit: 8, fields: CARD.fields } },
        }),
      ).then(({ items }): ProductCardData[] => items),
  });

export type Review = Schemas['Review'];
export type ReviewPage = Schemas['ReviewList'];

export const reviewsQuery = (api: Api, slug: string, { stars, reviews, after }: ReviewSearch) =>
  queryOptions({
    queryKey: ['product', slug, 'reviews', { stars, reviews, after }],
    queryFn: () =>
      take(
        api.GET('/api/v1/products/{product_id}/reviews', {
          params: {
            path: { product_id: slug },
            query: {
              limit: 6,
              sort: reviews ?? DEFAULT_REVIEW_SORT,
              ...(stars ? { stars: Number(stars) } : {}),
              ...(after ? { cursor: after } : {}),
            },
          },
        }),
      ),
  });

/** A vote on a review; the answer has the new counts. */
export const voteOnReview = (api: Api, reviewId: string, helpful: boolean) =>
  take(api.POST('/api/v1/reviews/{review_id}/votes', { params: { path: { review_id: reviewId } }, body: { helpful } }));

export const sendReview = (api: Api, slug: string, review: Schemas['NewReview']) =>
  take(api.POST('/api/v1/products/{product_id}/reviews', { params: { path: { product_id: slug } }, body: review }));

const WISHES_PER_CALL = 100;

/** The ids of all that the person wishes for (a wishlist holds 500), for the hearts. */
export const wishedQuery = (api: Api) =>
  queryOptions({
    queryKey: ['wished'],
    queryFn: async () => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const query = { limit: WISHES_PER_CALL, fields: 'product_id', cursor };
        const page: Pick<Schemas['WishList'], 'items' | 'next_cursor'> = await take(
          api.GET('/api/v1/wishlist', { params: { query } }),
        );
        ids.push(...page.items.map(({ product_id }) => product_id));
        cursor = page.next_cursor;
      } while (cursor);
      return ids;
    },
    staleTime: 5 * 60_000,
  });

export const wishFor = (api: Api, productId: string) =>
  take(api.PUT('/api/v1/wishlist/{product_id}', { params: { path: { product_id: productId } } }));

export const unwish = (api: Api, productId: string) =>
  take(api.DELETE('/api/v1/wishlist/{product_id}', { params: { path: { product_id: productId } } }));
