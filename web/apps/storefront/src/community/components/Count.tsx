import { useLocale } from '@sharestack/i18n/locale.tsx';

/** A count as short as it can be said, from one on; its full number is in the name of what it stands in. */
export function Count({ value }: { value: number }) {
  const locale = useLocale();
  if (value === 0) return null;
  return (
    <span aria-hidden="true" className="text-sm tabular-nums">
      {new Intl.NumberFormat(locale, { notation: 'compact', maximumFractionDigits: 1 }).format(value)}
    </span>
  );
}
