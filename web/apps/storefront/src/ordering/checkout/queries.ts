import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { cartToken } from '../cartToken.ts';
import { CART_KEY, type Cart } from '../queries.ts';
import { keyOf } from './checkoutKeys.ts';

export type Checkout = Schemas['Checkout'];
export type NewCheckout = Schemas['NewCheckout'];
export type PlacedOrder = Schemas['PlacedOrder'];

/** Where something goes, as far as prices depend on it. */
export interface Place {
  country: string;
  region: string;
  postalCode: string;
}

const guest = () => {
  const token = cartToken();
  return token ? { 'x-cart-token': token } : {};
};

/** What of a cart decides what delivery costs. */
const contentOf = ({ items, coupons }: Cart) => [
  ...items.map(({ variant_id, quantity, amount }) => `${variant_id} ${quantity} ${amount}`),
  ...coupons.map(({ code }) => code),
];

/** The cart as it would be delivered there: ways of delivery, tax, total. An estimate until it is checked out. */
export const estimateQuery = (api: Api, cart: Cart, place: Place | null) =>
  queryOptions({
    queryKey: [...CART_KEY, 'estimate', place, contentOf(cart)],
    enabled: place !== null,
    queryFn: () => {
      const { country, region, postalCode } = place as Place;
      const query = { country, region: region || null, postal_code: postalCode || null };
      return take(api.GET('/api/v1/cart', { params: { header: guest(), query } }));
    },
    placeholderData: keepPreviousData,
  });

export const CHECKOUT_KEY = ['checkout'] as const;

/** Read anew whenever it is shown: time, another tab or a payment may have changed it. */
export const checkoutQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...CHECKOUT_KEY, id],
    queryFn: () =>
      take(api.GET('/api/v1/checkouts/{checkout_id}', { params: { path: { checkout_id: id }, header: guest() } })),
    staleTime: 0,
  });

export const checkOut = (api: Api, wish: NewCheckout) =>
  take(api.POST('/api/v1/cart/checkout', { params: { header: guest() }, body: wish }));

/** There is one order for a checkout, however often this is sent. */
export const placeOrder = (api: Api, checkoutId: string) =>
  take(
    api.POST('/api/v1/orders', {
      params: { header: { ...guest(), 'Idempotency-Key': keyOf(checkoutId) } },
      body: { checkout_id: checkoutId },
    }),
  );
