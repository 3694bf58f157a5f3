import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

/* What the frame of every page asks for; apart from `queries.ts`, which comes with the pages of the catalogue. */

export type Suggestion = Schemas['SearchSuggestion'];

export const categoriesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['categories'],
    queryFn: () => take(api.GET('/api/v1/categories')),
    staleTime: 10 * 60_000,
  });

export const suggestionsQuery = (api: Api, q: string) =>
  queryOptions({
    queryKey: ['products', 'suggestions', q],
    queryFn: ({ signal }) =>
      take(api.GET('/api/v1/products/search/suggestions', { params: { query: { q } }, signal })).then(
        ({ items }) => items,
      ),
    enabled: q !== '',
  });
