import type { Locale } from '@sharestack/i18n/locale.tsx';

/** A share of one as a person reads it; a dash where there is none. */
export const percent = (share: number | null, locale: Locale): string =>
  share === null ? '–' : new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(share);

/** A count, or a mean with one digit; a dash where there is none. */
export const number = (value: number | null, locale: Locale): string =>
  value === null ? '–' : value.toLocaleString(locale, { maximumFractionDigits: 1 });

export const shortDay = (day: string, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { month: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(day));
