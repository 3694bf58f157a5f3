import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import type { InventorySearch } from './search.ts';

export type InventoryLevel = Schemas['InventoryLevel'];

export const PAGE_SIZE = 50;

/** Stock of variants. */
export const inventoryQuery = (api: Api, { stock, sku }: InventorySearch) =>
  cursorPages<InventoryLevel>({
    queryKey: ['inventory', 'list', stock ?? null, sku ?? null],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/inventory', {
          params: {
            query: { low: stock ? stock === 'low' : null, sku: sku ?? null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });
