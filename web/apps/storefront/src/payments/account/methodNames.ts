import { brandName } from '@sharestack/payments/brands.ts';
import type { PaymentTexts } from './texts.ts';

interface Method {
  kind: string;
  brand: string | null;
  last4: string | null;
  wallet: string | null;
}

/** What people call a way to pay: its brand and the end of its number, and the wallet that it is in. */
export function methodName({ kind, brand, last4, wallet }: Method, t: PaymentTexts): string {
  const name = brandName(brand ?? kind);
  const card = last4 ? t.cardEnding(name, last4) : name;
  return wallet ? `${brandName(wallet)} · ${card}` : card;
}

/** Cards are good until the end of their month. */
export function isExpired(month: number, year: number, now: Date): boolean {
  return year < now.getFullYear() || (year === now.getFullYear() && month < now.getMonth() + 1);
}
