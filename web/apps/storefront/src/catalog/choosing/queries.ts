import { type Api, take } from '@sharestack/api/client.ts';
import type { Product } from '../queries.ts';
import type { Variant } from '../variants.ts';

const first = (api: Api, productId: string, query: object): Promise<Variant | null> =>
  take(
    api.GET('/api/v1/products/{product_id}/variants', {
      params: { path: { product_id: productId }, query: { ...query, limit: 1 } },
    }),
  ).then(({ items }) => items[0] ?? null);

/** A variant of a product whose answer does not carry all of them; null where it has no such one. */
export const readVariant = (api: Api, productId: string, variantId: string) =>
  first(api, productId, { variant_id: variantId });

/** The variant with these values, or else one that has at least the value at `position`. */
export async function findVariant(
  api: Api,
  { id, options }: Product,
  values: readonly string[],
  position: number,
): Promise<Variant | null> {
  const named = options.map(({ name }, index): [string, string | undefined] => [`option.${name}`, values[index]]);
  const exact = await first(api, id, Object.fromEntries(named));
  return exact ?? first(api, id, Object.fromEntries(named.slice(position, position + 1)));
}
