import type { Product, ProductChange, WrittenVariant } from './queries.ts';

/**
 * What another list of options changes. As many as before are renamed; with more, every variant gets `value` for the new
 * ones; with fewer, it loses the last values.
 */
export function optionChange(product: Product, names: string[], value: string): Omit<ProductChange, 'version'> {
  const missing = names.length - product.option_names.length;
  if (missing === 0) return { option_names: names };
  const added = Array.from({ length: Math.max(missing, 0) }, () => value);
  return {
    option_names: names,
    variants: product.variants.map(
      ({ version: _, stock: __, reserved: ___, low_stock_threshold: ____, option_values, ...own }): WrittenVariant => ({
        ...own,
        option_values: [...option_values, ...added].slice(0, names.length),
      }),
    ),
  };
}

/** Every combination of these values, the last option changing fastest. */
export function combinations(values: readonly (readonly string[])[]): string[][] {
  return values.reduce<string[][]>((all, some) => all.flatMap((one) => some.map((value) => [...one, value])), [[]]);
}
