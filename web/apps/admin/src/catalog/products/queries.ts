import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { ProductsSearch } from './search.ts';

export type ProductRow = Pick<
  Schemas['AdminProductSummary'],
  | 'id'
  | 'name'
  | 'vendor'
  | 'currency'
  | 'price_min_amount'
  | 'price_max_amount'
  | 'image'
  | 'in_stock'
  | 'is_active'
  | 'updated_at'
>;

export const PRODUCTS_KEY = ['products'] as const;
export const PAGE_SIZE = 50;
const FIELDS = 'id,name,vendor,currency,price_min_amount,price_max_amount,image,in_stock,is_active,updated_at';

/** Products that were chosen, on sale or not. */
export const productsQuery = (api: Api, search: ProductsSearch) =>
  cursorPages<ProductRow>({
    queryKey: [...PRODUCTS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/products', {
          params: {
            query: {
              q: search.q ?? null,
              active: search.active ? search.active === 'yes' : null,
              category: search.category ?? null,
              vendor: search.vendor ?? null,
              low: search.stock === 'low' ? true : null,
              in_stock: search.stock === 'out' ? false : null,
              sort: search.sort ?? 'newest',
              limit: PAGE_SIZE,
              cursor,
              fields: FIELDS,
            },
          },
        }),
      ),
  });

export const categoriesQuery = (api: Api) =>
  queryOptions({ queryKey: ['categories', 'tree'], queryFn: () => take(api.GET('/api/v1/categories')) });

/** The same change to each; one answer for each. */
export const changeProducts = (api: Api, body: Schemas['ProductsChange'], key: string) =>
  take(api.POST('/api/v1/admin/products/changes', { params: { header: { 'Idempotency-Key': key } }, body })).then(
    ({ results }) => results,
  );
