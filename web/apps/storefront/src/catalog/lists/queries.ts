import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';
import { listQuery } from '../listing.ts';
import { DEFAULT_SORT, type ListSearch } from '../listSearch.ts';
import { CARD, type ProductCardData } from '../queries.ts';

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
