/** The day of a moment in the reader's own zone, as a date field has it. */
export function dayOf(instant: string | null): string {
  if (!instant) return '';
  const at = new Date(instant);
  const two = (number: number) => String(number).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
}

/** The end of a day of the reader's own zone; null without one, which is for ever. */
export function endOf(day: string): string | null {
  return day === '' ? null : new Date(`${day}T23:59:59`).toISOString();
}

export const isOver = (until: string | null) => until !== null && new Date(until).getTime() <= Date.now();
