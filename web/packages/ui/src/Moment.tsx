import { formatMoment } from '@sharestack/i18n/dates.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';
import { useSite } from './PageHead.tsx';

type Precision = 'minute' | 'day';

interface Props {
  instant: string;
  precision?: Precision;
  className?: string;
}

/** Words for moments: in the shop's zone where the application says so, in the reader's own otherwise. */
export function useMoment(): (instant: string, precision?: Precision) => string {
  const locale = useLocale();
  const { timeZone } = useSite();
  return (instant, precision = 'minute') => formatMoment(instant, locale, precision, timeZone);
}

/** A day, mostly with its time of day; not for pages that a server renders. */
export function Moment({ instant, precision = 'minute', className = '' }: Props) {
  const moment = useMoment();
  return (
    <time dateTime={instant} className={`tabular-nums ${className}`}>
      {moment(instant, precision)}
    </time>
  );
}
