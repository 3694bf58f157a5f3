import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { minorUnits } from '@sharestack/console/fieldValues.ts';
import { queryOptions } from '@tanstack/react-query';
import site from '../../../../site/site.json';
import type { OrdersSearch, Status } from './search.ts';

export type OrderRow = Pick<
  Schemas['AdminOrderSummary'],
  | 'id'
  | 'number'
  | 'status'
  | 'state'
  | 'payment_status'
  | 'fulfilment_status'
  | 'currency'
  | 'total_amount'
  | 'item_count'
  | 'created_at'
  | 'email'
>;
export type Move = Schemas['BulkStatus'];

export const PAGE_SIZE = 50;
export const COLUMN_SIZE = 20;
const FIELDS =
  'id,number,status,state,payment_status,fulfilment_status,currency,total_amount,item_count,created_at,email';
const DAY = 86_400_000;

/** Lists of orders, orders, and what waits: what is another once orders moved. */
export const ORDERS_CHANGE = [['orders'], ['counters']] as const;

/** Amounts are compared within one currency: the shop's, unless another was chosen. */
const currencyOf = ({ currency, min, max, sort }: OrdersSearch) =>
  currency ?? (min || max || sort === 'total' || sort === '-total' ? site.currency : null);

const amountOf = (said: string | undefined, currency: string | null) =>
  said && currency ? minorUnits(said, currency) : null;

function queryOf(search: OrdersSearch) {
  const currency = currencyOf(search);
  return {
    status: search.status ?? null,
    number: search.number ?? null,
    email: search.email ?? null,
    user_id: search.customer ?? null,
    product_id: search.product ?? null,
    currency,
    total_from: amountOf(search.min, currency),
    total_to: amountOf(search.max, currency),
    created_from: search.from ? `${search.from}T00:00:00Z` : null,
    created_before: search.to ? new Date(Date.parse(search.to) + DAY).toISOString() : null,
    ...(search.sort ? { sort: search.sort } : {}),
    fields: FIELDS,
  };
}

/** Orders that were chosen. */
export const ordersQuery = (api: Api, search: OrdersSearch) =>
  cursorPages<OrderRow>({
    queryKey: ['orders', 'list', search],
    fetchPage: (cursor) =>
      take(api.GET('/api/v1/admin/orders', { params: { query: { ...queryOf(search), limit: PAGE_SIZE, cursor } } })),
  });

/** The first orders of a column of the board. */
export const columnQuery = (api: Api, status: Status, search: OrdersSearch) =>
  queryOptions({
    queryKey: ['orders', 'board', status, search],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/orders', {
          params: { query: { ...queryOf({ ...search, status }), limit: COLUMN_SIZE } },
        }),
      ),
  });

/** Moves several orders along; the API answers for each. */
export const moveOrders = async (api: Api, ids: readonly string[], status: Move, key: string) => {
  const { results } = await take(
    api.POST('/api/v1/admin/orders/changes', {
      params: { header: { 'Idempotency-Key': key } },
      body: { ids: [...ids], status },
    }),
  );
  return results;
};
