import type { Locale } from './locale.tsx';

/** A day, in UTC unless `timeZone` says otherwise: server and browser print the same until the page is alive. */
export function formatDay(instant: string, locale: Locale, timeZone: string | undefined = 'UTC'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...(timeZone ? { timeZone } : {}) }).format(
    new Date(instant),
  );
}
