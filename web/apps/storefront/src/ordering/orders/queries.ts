import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { asProblem, problemOf } from '@sharestack/api/problem.ts';
import { queryOptions } from '@tanstack/react-query';

export type Order = Schemas['Order'];
export type OrderItem = Schemas['OrderItem'];
export type OrderSummary = Schemas['OrderSummary'];
export type OrderStatus = Schemas['OrderStatus'];
export type Shipment = Schemas['Shipment'];
export type OrderReturn = Schemas['Return'];
export type ReturnReason = Schemas['ReturnReason'];
export type ReturnableUnits = Schemas['ReturnableUnits'];
export type OrderDownload = Schemas['OrderDownload'];
export type IssuedDocument = Schemas['IssuedDocument'];

/** Which order, and what opens it: the account of who is signed in, or the token of a guest's link. */
export interface OrderAccess {
  id: string;
  token?: string | undefined;
}

const ORDERS_KEY = ['orders'] as const;
const RETURNS_KEY = ['returns'] as const;
const keyOf = ({ id, token }: OrderAccess) => ['order', id, token ?? 'own'] as const;

const placeOf = ({ id, token }: OrderAccess) => ({ path: { order_id: id }, query: token ? { token } : {} });

/** What shows an order, or lists that it is in; after it was changed. */
export const keysOfOrder = (access: OrderAccess) => [keyOf(access), ORDERS_KEY, RETURNS_KEY];

export const orderQuery = (api: Api, access: OrderAccess) =>
  queryOptions({
    queryKey: [...keyOf(access), 'order'],
    queryFn: () => take(api.GET('/api/v1/orders/{order_id}', { params: placeOf(access) })),
    staleTime: 0,
  });

/** What tells one state of an order from another, its returns and refunds included. */
export const orderVersion = (api: Api, access: OrderAccess) => {
  const { path, query } = placeOf(access);
  const fields = 'version,payment,timeline';
  return take(api.GET('/api/v1/orders/{order_id}', { params: { path, query: { ...query, fields } } })).then((state) =>
    JSON.stringify(state),
  );
};

export const ordersQuery = (api: Api, status: OrderStatus | undefined) =>
  growingListQuery<OrderSummary>([...ORDERS_KEY, status ?? null], (cursor) =>
    take(api.GET('/api/v1/orders', { params: { query: { limit: 20, cursor, ...(status ? { status } : {}) } } })),
  );

export const latestOrdersQuery = (api: Api) =>
  queryOptions({
    queryKey: [...ORDERS_KEY, 'latest'],
    queryFn: () => take(api.GET('/api/v1/orders', { params: { query: { limit: 3 } } })),
    staleTime: 0,
  });

export const orderReturnsQuery = (api: Api, access: OrderAccess) =>
  queryOptions({
    queryKey: [...keyOf(access), 'returns'],
    queryFn: () => take(api.GET('/api/v1/orders/{order_id}/returns', { params: placeOf(access) })),
    staleTime: 0,
  });

export const returnsQuery = (api: Api) =>
  growingListQuery<OrderReturn>(RETURNS_KEY, (cursor) =>
    take(api.GET('/api/v1/returns', { params: { query: { limit: 20, cursor } } })),
  );

export const downloadsQuery = (api: Api, access: OrderAccess) =>
  queryOptions({
    queryKey: [...keyOf(access), 'downloads'],
    queryFn: () =>
      take(api.GET('/api/v1/orders/{order_id}/downloads', { params: placeOf(access) })).then(({ items }) => items),
  });

/** Asking for the list issues the invoice, so it is asked for where there is more than the invoice to list. */
export const documentsQuery = (api: Api, access: OrderAccess) =>
  queryOptions({
    queryKey: [...keyOf(access), 'documents'],
    queryFn: () =>
      take(api.GET('/api/v1/orders/{order_id}/documents', { params: placeOf(access) })).then(({ items }) => items),
  });

export const cancelOrder = (api: Api, access: OrderAccess, reason: string, key: string) =>
  take(
    api.POST('/api/v1/orders/{order_id}/cancel', {
      params: { ...placeOf(access), header: { 'Idempotency-Key': key } },
      body: reason ? { reason } : {},
    }),
  );

export interface ReturnRequest {
  lines: { order_item_id: string; quantity: number; reason: ReturnReason }[];
  note: string;
}

export const requestReturn = (api: Api, access: OrderAccess, { lines, note }: ReturnRequest, key: string) =>
  take(
    api.POST('/api/v1/orders/{order_id}/returns', {
      params: { ...placeOf(access), header: { 'Idempotency-Key': key } },
      body: { lines, ...(note ? { note } : {}) },
    }),
  );

/** A link that is good for minutes; each counts as a download. */
export const createDownload = (api: Api, { id, token }: OrderAccess, mediaId: string) =>
  take(
    api.POST('/api/v1/orders/{order_id}/downloads/{media_id}', {
      params: { path: { order_id: id, media_id: mediaId }, query: token ? { token } : {} },
    }),
  );

/** The PDF of the invoice, or of the credit note of this number. */
export async function readDocument(api: Api, access: OrderAccess, creditNote?: string): Promise<Blob> {
  const { path, query } = placeOf(access);
  const call = creditNote
    ? api.GET('/api/v1/orders/{order_id}/credit-notes/{number}', {
        params: { path: { ...path, number: creditNote }, query },
      })
    : api.GET('/api/v1/orders/{order_id}/invoice', { params: { path, query } });
  const { response, error } = await call.catch((failure: unknown) => {
    throw asProblem(failure);
  });
  if (!response.ok) throw problemOf(response, error);
  return response.blob();
}
