import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { ApiProblem, problemOf } from '@sharestack/api/problem.ts';
import { queryOptions } from '@tanstack/react-query';

export type Order = Schemas['AdminOrder'];
export type OrderItem = Schemas['OrderItem'];
export type OrderStatus = Schemas['OrderStatus'];
export type Shipment = Schemas['Shipment'];
export type Carrier = Schemas['Carrier'];
export type Note = Schemas['OrderNote'];
export type Refund = Schemas['Refund'];
export type PaymentDetail = Schemas['AdminPaymentDetail'];
export type PostalAddress = Schemas['PostalAddress'];
export type NewRefund = Schemas['NewRefund'];
export type IssuedDocument = Schemas['IssuedDocument'];

/** What is another once money went back. */
export const REFUNDS_CHANGE = [['orders'], ['payments'], ['refunds'], ['counters']] as const;

export const orderKey = (id: string) => ['orders', 'one', id] as const;

const at = (id: string) => ({ path: { order_id: id } });
const once = (key: string) => ({ 'Idempotency-Key': key });

export const orderQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: orderKey(id),
    queryFn: () => take(api.GET('/api/v1/admin/orders/{order_id}', { params: at(id) })),
  });

/** With how much of it can still be refunded. */
export const paymentQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['payments', 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/payments/{payment_id}', { params: { path: { payment_id: id } } })),
  });

export const refundsQuery = (api: Api, paymentId: string) =>
  growingListQuery<Refund>(['payments', 'one', paymentId, 'refunds'], (cursor) =>
    take(
      api.GET('/api/v1/admin/payments/{payment_id}/refunds', {
        params: { path: { payment_id: paymentId }, query: { limit: 20, cursor } },
      }),
    ),
  );

export const notesQuery = (api: Api, id: string) =>
  growingListQuery<Note>(['orders', 'one', id, 'notes'], (cursor) =>
    take(api.GET('/api/v1/admin/orders/{order_id}/notes', { params: { ...at(id), query: { limit: 20, cursor } } })),
  );

export const changeStatus = (api: Api, id: string, body: Schemas['OrderChange']) =>
  take(api.PUT('/api/v1/admin/orders/{order_id}', { params: at(id), body }));

export const correctAddress = (api: Api, id: string, address: Schemas['Address'], version: number) =>
  take(api.PUT('/api/v1/admin/orders/{order_id}/shipping-address', { params: at(id), body: { address, version } }));

export const createShipment = (api: Api, id: string, body: Schemas['NewShipment'], key: string) =>
  take(api.POST('/api/v1/admin/orders/{order_id}/shipments', { params: { ...at(id), header: once(key) }, body }));

export const changeShipment = (api: Api, id: string, body: Schemas['ShipmentChange']) =>
  take(api.PATCH('/api/v1/shipments/{shipment_id}', { params: { path: { shipment_id: id } }, body }));

export const writeNote = (api: Api, id: string, body: string, key: string) =>
  take(api.POST('/api/v1/admin/orders/{order_id}/notes', { params: { ...at(id), header: once(key) }, body: { body } }));

export const deleteNote = (api: Api, id: string, noteId: string) =>
  take(
    api.DELETE('/api/v1/admin/orders/{order_id}/notes/{note_id}', {
      params: { path: { order_id: id, note_id: noteId } },
    }),
  );

export const refund = (api: Api, paymentId: string, body: NewRefund, key: string) =>
  take(
    api.POST('/api/v1/admin/payments/{payment_id}/refunds', {
      params: { path: { payment_id: paymentId }, header: once(key) },
      body,
    }),
  );

/** The PDF of the invoice, which is issued by that, or of the credit note of this number. */
export async function readDocument(api: Api, id: string, creditNote?: string): Promise<Blob> {
  const call = creditNote
    ? api.GET('/api/v1/orders/{order_id}/credit-notes/{number}', {
        params: { path: { order_id: id, number: creditNote } },
      })
    : api.GET('/api/v1/orders/{order_id}/invoice', { params: at(id) });
  const { response, error } = await call.catch((failure: unknown) => {
    throw failure instanceof ApiProblem ? failure : new ApiProblem(0, 'offline');
  });
  if (!response.ok) throw problemOf(response, error);
  return response.blob();
}
