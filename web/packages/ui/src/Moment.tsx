import { formatMoment } from '@sharestack/i18n/dates.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';

interface Props {
  instant: string;
  precision?: 'minute' | 'day';
  className?: string;
}

/** A day, mostly with its time of day, in the reader's own zone; not for pages that a server renders. */
export function Moment({ instant, precision = 'minute', className = '' }: Props) {
  const locale = useLocale();
  return (
    <time dateTime={instant} className={`tabular-nums ${className}`}>
      {formatMoment(instant, locale, precision)}
    </time>
  );
}
