import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type Category = Schemas['Category'];
export type AdminCategory = Schemas['AdminCategory'];
export type NewCategory = Schemas['NewCategory'];

export const CATEGORIES_KEY = ['categories'] as const;

export const categoriesQuery = (api: Api) =>
  queryOptions({
    queryKey: [...CATEGORIES_KEY, 'tree'],
    queryFn: () => take(api.GET('/api/v1/categories')),
  });

const place = (id: string) => ({ params: { path: { category_id: id } } });

/** A category as it is edited, with its version. */
export const categoryQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...CATEGORIES_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/categories/{category_id}', place(id))),
    staleTime: 0,
  });

export const createCategory = (api: Api, body: NewCategory) => take(api.POST('/api/v1/admin/categories', { body }));

export const replaceCategory = (api: Api, id: string, body: Schemas['CategoryReplacement']) =>
  take(api.PUT('/api/v1/admin/categories/{category_id}', { ...place(id), body }));

export const deleteCategory = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/categories/{category_id}', place(id)));
