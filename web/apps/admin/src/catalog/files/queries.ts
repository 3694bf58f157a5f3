import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type ProductImport = Schemas['ProductImport'];
export type ImportError = Schemas['ProductImportError'];
export type ProductExport = Schemas['ProductExport'];

const SOON = 2_000;
const LATER = 10_000;

/** Announces a product file; the answer has the form that takes it to storage. */
export const createImport = (api: Api, size: number, currency: string) =>
  take(api.POST('/api/v1/admin/products/imports', { body: { size, currency } }));

const isGoing = (status: string) => status === 'pending' || status === 'running';

/** An import and what became of its rows; asked again while it, or a picture of it, is on its way. */
export const importQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['imports', id],
    queryFn: () => take(api.GET('/api/v1/admin/products/imports/{import_id}', { params: { path: { import_id: id } } })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => {
      if (!data || isGoing(data.status)) return SOON;
      return data.pictures > data.pictures_ready + data.pictures_failed ? LATER : false;
    },
  });

export const createExport = (api: Api, currency: string) =>
  take(api.POST('/api/v1/admin/products/exports', { params: { query: { currency } } }));

/** An export and its files; asked again while it is written. */
export const exportQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['exports', id],
    queryFn: () => take(api.GET('/api/v1/admin/products/exports/{export_id}', { params: { path: { export_id: id } } })),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) => (!data || isGoing(data.status) ? SOON : false),
  });
