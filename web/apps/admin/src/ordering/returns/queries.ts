import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { ReturnsSearch } from './search.ts';

export type Return = Schemas['Return'];

export const PAGE_SIZE = 50;
export const RETURNS_KEY = ['returns'] as const;
/** What is another after a return was decided or received. */
export const RETURN_CHANGES = [RETURNS_KEY, ['orders'], ['inventory'], ['payments'], ['refunds'], ['counters']];

/** All returns, the newest first. */
export const returnsQuery = (api: Api, search: ReturnsSearch) =>
  cursorPages<Return>({
    queryKey: [...RETURNS_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/returns', {
          params: {
            query: { status: search.status ?? null, user_id: search.customer ?? null, limit: PAGE_SIZE, cursor },
          },
        }),
      ),
  });

export const returnQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...RETURNS_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/returns/{return_id}', { params: { path: { return_id: id } } })),
  });

/** The names of what an order has, by the ids of its lines. */
export const orderLinesQuery = (api: Api, orderId: string) =>
  queryOptions({
    queryKey: ['orders', 'lines', orderId],
    queryFn: () => take(api.GET('/api/v1/admin/orders/{order_id}', { params: { path: { order_id: orderId } } })),
    select: ({ items }) => new Map(items.map((item) => [item.id, item.name])),
  });

export const decideReturn = (api: Api, id: string, body: Schemas['ReturnDecision']) =>
  take(api.POST('/api/v1/admin/returns/{return_id}/decision', { params: { path: { return_id: id } }, body }));

export const receiveReturn = (api: Api, id: string, lines: Schemas['ReturnReceipt']['lines'], key: string) =>
  take(
    api.POST('/api/v1/admin/returns/{return_id}/receipt', {
      params: { path: { return_id: id }, header: { 'Idempotency-Key': key } },
      body: { ...(lines ? { lines } : {}) },
    }),
  );
