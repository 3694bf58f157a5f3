import type { Locale } from './locale.tsx';

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(currency: string, locale: Locale): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.NumberFormat(locale, { style: 'currency', currency });
    formats.set(key, format);
  }
  return format;
}

/** Digits after the point that a currency has: 2 for USD, 0 for JPY. */
export function minorDigits(currency: string): number {
  return formatOf(currency, 'en').resolvedOptions().maximumFractionDigits ?? 2;
}

/** `amount` in minor units, as a person writes it. */
export function formatMoney(amount: number, currency: string, locale: Locale): string {
  return formatOf(currency, locale).format(amount / 10 ** minorDigits(currency));
}
