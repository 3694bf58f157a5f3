import type { Locale } from '@sharestack/i18n/locale.tsx';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** The size of a file, as people say it. */
export function formatSize(bytes: number, locale: Locale): string {
  const place = Math.min(Math.floor(Math.log10(Math.max(bytes, 1)) / 3), UNITS.length - 1);
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: UNITS[place] ?? 'byte',
    unitDisplay: place === 0 ? 'long' : 'short',
    maximumFractionDigits: place > 1 ? 1 : 0,
  }).format(bytes / 1000 ** place);
}
