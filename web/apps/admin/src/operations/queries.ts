import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type SalesOfCurrency = Schemas['SalesOfCurrency'];

/** The last thirty days. */
export const salesQuery = (api: Api) =>
  queryOptions({
    queryKey: ['analytics', 'sales'],
    queryFn: () => take(api.GET('/api/v1/admin/analytics')),
  });

/** A page's length stands for a count: twenty, and "more" where there is another page. */
export interface Waiting {
  count: number;
  isMore: boolean;
}

const LIMIT = 20;

function counted({ items, next_cursor }: { items: unknown[]; next_cursor?: string | null }): Waiting {
  return { count: items.length, isMore: Boolean(next_cursor) };
}

export const toShipQuery = (api: Api) =>
  queryOptions({
    queryKey: ['orders', 'to-ship'],
    queryFn: () =>
      take(api.GET('/api/v1/admin/orders', { params: { query: { status: 'paid', limit: LIMIT, fields: 'id' } } })).then(
        counted,
      ),
  });

export const returnsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['returns', 'requested'],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/returns', { params: { query: { status: 'requested', limit: LIMIT, fields: 'id' } } }),
      ).then(counted),
  });

export const lowStockQuery = (api: Api) =>
  queryOptions({
    queryKey: ['inventory', 'low'],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/inventory', { params: { query: { low: true, limit: LIMIT, fields: 'variant_id' } } }),
      ).then(counted),
  });

export const latestOrdersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['orders', 'latest'],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/orders', {
          params: {
            query: { limit: 10, fields: 'id,number,status,currency,total_amount,item_count,created_at,email' },
          },
        }),
      ).then(({ items }) => items),
  });
