import { formatDay, formatMoment } from '@sharestack/i18n/dates.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';
import { useEffect, useState } from 'react';

/** When something was written: the day in UTC as a server prints it, the minute in the reader's zone once alive. */
export function PostTime({ instant }: { instant: string }) {
  const locale = useLocale();
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  return (
    <time dateTime={instant} className="tabular-nums">
      {isAlive ? formatMoment(instant, locale) : formatDay(instant, locale)}
    </time>
  );
}
