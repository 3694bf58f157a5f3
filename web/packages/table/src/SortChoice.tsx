import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from './column.ts';
import { texts } from './texts.ts';

interface Props<Row> {
  columns: readonly Column<Row>[];
  sort: string | undefined;
  onSort: (sort: string) => void;
}

/** The order of a list that is shown as cards, which have no heads to press. */
export function SortChoice<Row>({ columns, sort, onSort }: Props<Row>) {
  const t = useTexts(texts);
  const options = columns.flatMap(({ title, sort: names }) =>
    names
      ? [
          { value: names.ascending, label: t.ascending(title) },
          { value: names.descending, label: t.descending(title) },
        ]
      : [],
  );
  if (options.length === 0) return null;
  return (
    <select
      aria-label={t.sort}
      value={sort ?? ''}
      className="min-h-11 max-w-full rounded-control border border-control bg-surface px-3 text-sm"
      onChange={(event) => onSort(event.target.value)}
    >
      {!options.some(({ value }) => value === sort) && <option value="">{t.sort}</option>}
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
