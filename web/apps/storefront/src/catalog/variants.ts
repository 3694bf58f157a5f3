import type { Product } from './queries.ts';

export type Variant = Product['variants'][number];

/** The variant that the address names, or the first one that can be bought, or the first. */
export function chosenVariant(product: Product, id: string | undefined): Variant | undefined {
  const { variants } = product;
  return (
    variants.find((variant) => variant.id === id) ??
    variants.find((variant) => variant.stock_state !== 'out') ??
    variants[0]
  );
}

/**
 * The variant after choosing `value` for the option at `position`: the one that differs in nothing else, or else the
 * one that keeps most of what was chosen (there need not be every combination).
 */
export function variantWith(
  variants: readonly Variant[],
  current: Variant,
  position: number,
  value: string,
): Variant | undefined {
  const same = (variant: Variant) =>
    variant.option_values.filter((one, index) => index !== position && one === current.option_values[index]).length;
  return variants
    .filter((variant) => variant.option_values[position] === value)
    .reduce<Variant | undefined>((best, variant) => (!best || same(variant) > same(best) ? variant : best), undefined);
}

/** Whether the answer about the product carries only the first of its variants. */
export const isLarge = ({ variants, variant_count }: Product): boolean => variant_count > variants.length;

/** The variant after such a choice, as far as it can be told from what is here: of a large product only the exact one. */
export function nextVariant(product: Product, current: Variant, position: number, value: string): Variant | undefined {
  if (!isLarge(product)) return variantWith(product.variants, current, position, value);
  return product.variants.find(({ option_values }) =>
    option_values.every((one, index) => one === (index === position ? value : current.option_values[index])),
  );
}
