import { type Api, take } from '@sharestack/api/client.ts';
import { guest } from '../queries.ts';

/* What changes a cart that is there; apart from `queries.ts`, which comes with every page. */

/** The quantity itself, not a difference: whatever came before, this is what the line has afterwards. */
export const setQuantity = (api: Api, itemId: string, quantity: number) =>
  take(
    api.PUT('/api/v1/cart/items/{item_id}', {
      params: { path: { item_id: itemId }, header: guest() },
      body: { quantity },
    }),
  );

export const removeItem = (api: Api, itemId: string) =>
  take(api.DELETE('/api/v1/cart/items/{item_id}', { params: { path: { item_id: itemId }, header: guest() } }));

export const applyCoupon = (api: Api, code: string) =>
  take(api.POST('/api/v1/cart/coupons', { params: { header: guest() }, body: { code } }));

export const removeCoupon = (api: Api, code: string) =>
  take(api.DELETE('/api/v1/cart/coupons/{code}', { params: { path: { code }, header: guest() } }));
