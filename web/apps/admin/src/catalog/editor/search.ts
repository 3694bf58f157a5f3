/** What chooses variants of the product that is edited: a value of each of its options, the beginning of the SKU. */
export interface VariantsSearch {
  o1?: string;
  o2?: string;
  o3?: string;
  sku?: string;
}

const NAMES = ['o1', 'o2', 'o3', 'sku'] as const;

export function parseVariantsSearch(raw: Record<string, unknown>): VariantsSearch {
  return Object.fromEntries(
    NAMES.flatMap((name) => {
      const value = raw[name];
      const said = typeof value === 'string' || typeof value === 'number' ? String(value).trim().slice(0, 255) : '';
      return said ? [[name, said]] : [];
    }),
  );
}
