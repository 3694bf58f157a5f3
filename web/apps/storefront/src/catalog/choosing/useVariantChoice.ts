import { useApi } from '@sharestack/api/context.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Product } from '../queries.ts';
import { chosenVariant, isLarge, nextVariant } from '../variants.ts';

/** Few products have so many variants: what asks for them is loaded where one does. */
const calls = () => import('./queries.ts');

const variantKey = (productId: string, id: string) => ['variant', productId, id] as const;

/** The variant that the address names, and how another value is chosen. Of a large product both may need a request. */
export function useVariantChoice(product: Product, id: string | undefined, onChoose: (id: string) => void) {
  const api = useApi();
  const client = useQueryClient();
  const isElsewhere = isLarge(product) && id !== undefined && !product.variants.some((one) => one.id === id);
  const { data } = useQuery({
    queryKey: variantKey(product.id, id ?? ''),
    queryFn: async () => (await calls()).readVariant(api, product.id, id ?? ''),
    enabled: isElsewhere,
  });
  const variant = (isElsewhere && data) || chosenVariant(product, id);
  const choose = async (position: number, value: string) => {
    if (!variant) return;
    const known = nextVariant(product, variant, position, value);
    if (known) return onChoose(known.id);
    const values = variant.option_values.map((one, index) => (index === position ? value : one));
    const found = await calls()
      .then(({ findVariant }) => findVariant(api, product, values, position))
      .catch(() => null);
    if (!found) return;
    client.setQueryData(variantKey(product.id, found.id), found);
    onChoose(found.id);
  };
  return { variant, choose };
}
