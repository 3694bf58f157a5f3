import type { Locale } from './locale.tsx';

/** A day, in UTC unless `timeZone` says otherwise: server and browser print the same until the page is alive. */
export function formatDay(instant: string, locale: Locale, timeZone: string | undefined = 'UTC'): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'long', ...(timeZone ? { timeZone } : {}) }).format(
    new Date(instant),
  );
}

/**
 * A time of day with its day, or the day alone, in the reader's own zone unless `timeZone` says otherwise: for pages made in
 * the browser alone.
 */
export function formatMoment(
  instant: string,
  locale: Locale,
  precision: 'minute' | 'day' = 'minute',
  timeZone?: string,
): string {
  const time = precision === 'minute' ? ({ timeStyle: 'short' } as const) : {};
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', ...time, ...(timeZone ? { timeZone } : {}) }).format(
    new Date(instant),
  );
}
