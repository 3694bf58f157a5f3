import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type PickedFrom, pick } from '@sharestack/api/pick.ts';
import { queryOptions } from '@tanstack/react-query';

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
