import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale } from '@sharestack/i18n/locale.tsx';
import { useEffect, useState } from 'react';

/** A day: in UTC as the server prints it, in the reader's own zone once the page is alive. */
export function Day({ instant }: { instant: string }) {
  const locale = useLocale();
  const [isAlive, setAlive] = useState(false);
  useEffect(() => setAlive(true), []);
  const zone = isAlive ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC';
  return (
    <time dateTime={instant} className="tabular-nums">
      {formatDay(instant, locale, zone)}
    </time>
  );
}
