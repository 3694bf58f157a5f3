import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type OrderTotals = Schemas['OrderTotals'];

/** The latest of a list that has a room of its own. */
const LATEST = 5;

/** What the orders of a customer come to. */
export const totalsQuery = (api: Api, userId: string) =>
  queryOptions({
    queryKey: ['orders', 'totals', userId],
    queryFn: () => take(api.GET('/api/v1/admin/orders/totals', { params: { query: { user_id: userId } } })),
  });

export const latestOrdersQuery = (api: Api, userId: string) =>
  queryOptions({
    queryKey: ['orders', 'latest', userId],
    queryFn: () => take(api.GET('/api/v1/admin/orders', { params: { query: { user_id: userId, limit: LATEST } } })),
    select: ({ items }) => items,
  });

export const latestReturnsQuery = (api: Api, userId: string) =>
  queryOptions({
    queryKey: ['returns', 'latest', userId],
    queryFn: () => take(api.GET('/api/v1/admin/returns', { params: { query: { user_id: userId, limit: LATEST } } })),
    select: ({ items }) => items,
  });
