/** What chooses coupons; it lives in the address and nowhere else. */
export interface CouponsSearch {
  code?: string;
  active?: 'yes' | 'no';
}

export interface TaxesSearch {
  country?: string;
}

const text = (value: unknown) => (typeof value === 'string' ? value.trim() : '');

export function parseCouponsSearch(raw: Record<string, unknown>): CouponsSearch {
  const active = (['yes', 'no'] as const).find((one) => one === raw.active);
  const code = text(raw.code);
  return { ...(/^[\w-]{2,40}$/.test(code) && { code }), ...(active && { active }) };
}

export function parseTaxesSearch(raw: Record<string, unknown>): TaxesSearch {
  const country = text(raw.country).toUpperCase();
  return /^[A-Z]{2}$/.test(country) ? { country } : {};
}
