import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { asProblem } from '@sharestack/api/problem.ts';
import { queryOptions } from '@tanstack/react-query';
import { cartToken, keepCartToken } from './cartToken.ts';

export type Cart = Schemas['Cart'];
export type CartItem = Schemas['CartItem'];

export const guest = () => {
  const token = cartToken();
  return token ? { 'x-cart-token': token } : {};
};

/** A guest's new cart comes with its token: kept, so that the next call finds the same cart. */
function remember<T extends Cart>(cart: T): T {
  if (cart.token) keepCartToken(cart.token);
  return cart;
}

export const CART_KEY = ['cart'] as const;

/** `isOwn`: of the person who is signed in, else of the guest whose token this browser has. */
export const cartQuery = (api: Api, isOwn: boolean) =>
  queryOptions({
    queryKey: [...CART_KEY, isOwn ? 'own' : 'guest'],
    queryFn: async (): Promise<Cart | null> => {
      if (!isOwn && !cartToken()) return null;
      try {
        return await take(api.GET('/api/v1/cart', { params: { header: guest() } }));
      } catch (error) {
        if (!isOwn && asProblem(error).isMissing) {
          keepCartToken(null);
          return null;
        }
        throw error;
      }
    },
    staleTime: 0,
  });

export const addToCart = (api: Api, variantId: string, quantity: number) =>
  take(
    api.POST('/api/v1/cart/items', {
      params: { header: guest() },
      body: { variant_id: variantId, quantity },
    }),
  ).then(remember);

/** After signing in: what the guest had put aside joins the person's own cart. */
export async function mergeGuestCart(api: Api): Promise<Schemas['MergedCart'] | null> {
  const token = cartToken();
  if (!token) return null;
  const merged = await take(api.POST('/api/v1/cart/merge', { params: { header: { 'x-cart-token': token } } }));
  keepCartToken(null);
  return merged;
}
