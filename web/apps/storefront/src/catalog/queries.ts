import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type PickedFrom, pick } from '@sharestack/api/pick.ts';
import { queryOptions } from '@tanstack/react-query';
import { DEFAULT_SORT, type ListSearch, listQuery } from './listing.ts';
import { DEFAULT_REVIEW_SORT, type ReviewSearch } from './reviewSearch.ts';

const CARD = pick<Schemas['ProductSummary']>()(
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

export const categoriesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: () => take(api.GET('/api/v1/categories')),
    staleTime: 10 * 60_000,
  });

export const popularQuery = (api: Api) =>
  queryOptions({
    queryKey: ['products', 'popular'],
    queryFn: () =>
      take(api.GET('/api/v1/products', { params: { query: { sort: 'popular', limit: 10, fields: CARD.fields } } })),
  });

export const newestQuery = (api: Api) =>
  queryOptions({
    queryKey: ['products', 'newest'],
    queryFn: () =>
      take(
        api.GET('/api/v1/products', {
          params: { query: { sort: 'newest', limit: 8, fields: CARD.fields, facets: 'vendors' } },
        }),
      ),
  });

export type Facets = Schemas['Facets'];

/** A page of a list: of a category, of a search, or of everything. */
export const listPageQuery = (api: Api, search: ListSearch, category?: string) =>
  queryOptions({
    queryKey: ['products', 'list', category ?? null, search],
    queryFn: async (): Promise<ListPage> => {
      const query = listQuery(search, category);
      if (search.q) {
        const found = await take(
          api.GET('/api/v1/products/search', {
            params: { query: { ...query, q: search.q, fields: `${CARD.fields},highlights` } },
          }),
        );
        return { items: found.items, next: found.next_cursor ?? null, facets: null, isExact: found.exact };
      }
      const sort = search.sort ?? DEFAULT_SORT;
      const list = await take(
        api.GET('/api/v1/products', {
          params: { query: { ...query, sort, fields: CARD.fields, facets: 'true' } },
        }),
      );
      return { items: list.items, next: list.next_cursor ?? null, facets: list.facets ?? null, isExact: true };
    },
  });

export interface ListPage {
  items: ProductCardData[];
  next: string | null;
  facets: Facets | null;
  /** Whether the words were found as written, or only what is like them. */
  isExact: boolean;
}

export const suggestionsQuery = (api: Api, q: string) =>
  queryOptions({
    queryKey: ['products', 'suggestions', q],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/products/search/suggestions', { params: { query: { q } }, signal })).then(
        ({ items }) => items,
      ),
    enabled: q !== '',
  });

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

export type Suggestion = Schemas['SearchSuggestion'];

/** A vote on a review; the answer has the new counts. */
export const voteOnReview = (api: Api, reviewId: string, helpful: boolean) =>
  take(api.POST('/api/v1/reviews/{review_id}/votes', { params: { path: { review_id: reviewId } }, body: { helpful } }));

export const sendReview = (api: Api, slug: string, review: { rating: number; title: string; body: string }) =>
  take(api.POST('/api/v1/products/{product_id}/reviews', { params: { path: { product_id: slug } }, body: review }));
