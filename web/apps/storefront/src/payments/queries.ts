import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type PaymentIntent = Schemas['PaymentIntent'];
export type PaymentDetail = Schemas['PaymentDetail'];

/** A guest pays with the token of the cart; of who is signed in, the API knows whose checkout it is. */
const headerOf = (guestToken: string | null) => (guestToken ? { 'x-cart-token': guestToken } : {});

export const INTENT_KEY = ['payment-intent'] as const;

/**
 * The one payment of a checkout, opened by the first call. Its secret is not kept once nothing shows it. A key for each
 * call is right here: whatever the key, there is one intent, and a stored answer might name one that has ended.
 */
export const intentQuery = (api: Api, checkoutId: string, guestToken: string | null) =>
  queryOptions({
    queryKey: [...INTENT_KEY, checkoutId],
    queryFn: (): Promise<PaymentIntent> =>
      take(
        api.POST('/api/v1/payments/intent', {
          params: { header: { ...headerOf(guestToken), 'Idempotency-Key': crypto.randomUUID() } },
          body: { checkout_id: checkoutId },
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });

export const readPayment = (api: Api, id: string, guestToken: string | null): Promise<PaymentDetail> =>
  take(
    api.GET('/api/v1/payments/{payment_id}', {
      params: { path: { payment_id: id }, header: headerOf(guestToken) },
    }),
  );

export type SavedPaymentMethod = Schemas['SavedPaymentMethod'];

/** Ways to pay that are saved at the provider: a handful, so they come at once. */
export const savedMethodsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['payment-methods'],
    queryFn: () => take(api.GET('/api/v1/payment-methods')).then(({ items }) => items),
    staleTime: 0,
  });
