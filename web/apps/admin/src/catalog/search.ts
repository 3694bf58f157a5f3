/** What chooses stock levels, in the address. */
export interface InventorySearch {
  stock?: 'low' | 'enough';
  sku?: string;
}

export function parseInventorySearch(raw: Record<string, unknown>): InventorySearch {
  const stock = (['low', 'enough'] as const).find((one) => one === raw.stock);
  const sku = String(raw.sku ?? '')
    .trim()
    .slice(0, 255);
  return { ...(stock && { stock }), ...(sku && { sku }) };
}
