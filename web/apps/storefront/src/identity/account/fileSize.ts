const UNITS = ['kilobyte', 'megabyte', 'gigabyte'] as const;

/** Bytes as people say them: never less than one kilobyte. */
export function fileSize(bytes: number, locale: string): string {
  let size = Math.max(bytes / 1000, 1);
  let unit = 0;
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit += 1;
  }
  const format = { style: 'unit', unit: UNITS[unit], maximumFractionDigits: size < 10 ? 1 : 0 } as const;
  return new Intl.NumberFormat(locale, format as Intl.NumberFormatOptions).format(size);
}
