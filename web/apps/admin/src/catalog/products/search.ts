/** What chooses products, and their order; it lives in the address and nowhere else. */
export interface ProductsSearch {
  q?: string;
  active?: 'yes' | 'no';
  category?: string;
  vendor?: string;
  stock?: 'low' | 'out';
  sort?: ProductsSort;
}

export const SORTS = ['newest', 'name', 'updated', 'price', '-price'] as const;
export type ProductsSort = (typeof SORTS)[number];

const text = (value: unknown) =>
  (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '').slice(0, 255);

export function parseProductsSearch(raw: Record<string, unknown>): ProductsSearch {
  const active = (['yes', 'no'] as const).find((one) => one === raw.active);
  const stock = (['low', 'out'] as const).find((one) => one === raw.stock);
  const sort = SORTS.find((one) => one === raw.sort && one !== 'newest');
  const [q, category, vendor] = [text(raw.q), text(raw.category), text(raw.vendor)];
  return {
    ...(q && { q }),
    ...(active && { active }),
    ...(category && { category }),
    ...(vendor && { vendor }),
    ...(stock && { stock }),
    ...(sort && { sort }),
  };
}
