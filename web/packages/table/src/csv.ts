import type { Column } from './column.ts';

const SPECIAL = /[",\r\n]/;
/** What spreadsheets take for a formula, also of a text that somebody else wrote (OWASP, "CSV Injection"). */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: string | number): string {
  const text = typeof value === 'string' && FORMULA.test(value) ? `'${value}` : String(value);
  return SPECIAL.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Rows as CSV (RFC 4180), with a head. */
export function toCsv<Row>(columns: readonly Column<Row>[], rows: readonly Row[]): string {
  const exported = columns.filter(({ plain }) => plain);
  const lines = rows.map((row) => exported.map(({ plain }) => cell(plain?.(row) ?? '')));
  return [exported.map(({ title }) => cell(title)), ...lines].map((line) => line.join(',')).join('\r\n');
}

/** Hands the text to the browser as a file; the mark at its start tells spreadsheets that it is UTF-8. */
export function download(name: string, csv: string): void {
  const url = URL.createObjectURL(new Blob(['\uFEFF', csv], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
