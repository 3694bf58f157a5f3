import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';

export type InventoryLevel = Schemas['InventoryLevel'];
export type StockMovement = Schemas['StockMovement'];
export type Adjustment = Schemas['NewStockAdjustment'];

export const PAGE_SIZE = 50;
export const INVENTORY_KEY = ['inventory'] as const;

const place = (id: string) => ({ path: { variant_id: id } });

export const levelQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...INVENTORY_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/inventory/{variant_id}', { params: place(id) })),
    staleTime: 0,
  });

/** What changed the number of units, newest first. */
export const movementsQuery = (api: Api, id: string) =>
  cursorPages<StockMovement>({
    queryKey: [...INVENTORY_KEY, 'movements', id],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/inventory/{variant_id}/movements', {
          params: { ...place(id), query: { limit: PAGE_SIZE, cursor } },
        }),
      ),
  });

export const adjustStock = (api: Api, id: string, body: Adjustment, key: string) =>
  take(
    api.POST('/api/v1/admin/inventory/{variant_id}/adjustments', {
      params: { ...place(id), header: { 'Idempotency-Key': key } },
      body,
    }),
  );

export const changeLevel = (api: Api, id: string, body: Schemas['InventoryLevelChange']) =>
  take(api.PATCH('/api/v1/admin/inventory/{variant_id}', { params: place(id), body }));
