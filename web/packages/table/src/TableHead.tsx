import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ArrowDown, ArrowUp, ArrowUpDown } from 'lucide-react';
import type { Column } from './column.ts';
import { texts } from './texts.ts';

interface Props<Row> {
  columns: readonly Column<Row>[];
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
}

const HEAD =
  'bg-surface px-3 py-2.5 font-normal first:rounded-tl-card first:pl-4 last:rounded-tr-card last:pr-4 whitespace-nowrap';

export function TableHead<Row>({ columns, sort, onSort }: Props<Row>) {
  return (
    <thead className="sticky top-[var(--sticky-top,0px)] z-10 text-left text-muted shadow-[0_1px_0_var(--line)]">
      <tr>
        {columns.map((column) => (
          <th
            key={column.id}
            scope="col"
            aria-sort={orderOf(column, sort)}
            className={`${HEAD} ${column.align === 'right' ? 'text-right' : ''}`}
          >
            {column.sort && onSort ? <SortButton column={column} sort={sort} onSort={onSort} /> : column.title}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function orderOf<Row>({ sort }: Column<Row>, now: string | undefined) {
  if (!sort) return undefined;
  if (now === sort.ascending) return 'ascending';
  return now === sort.descending ? 'descending' : 'none';
}

function SortButton<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: string | undefined;
  onSort: (sort: string) => void;
}) {
  const t = useTexts(texts);
  const order = orderOf(column, sort);
  const Icon = order === 'ascending' ? ArrowUp : order === 'descending' ? ArrowDown : ArrowUpDown;
  const next = order === 'descending' ? column.sort?.ascending : column.sort?.descending;
  return (
    <button
      type="button"
      title={t.sortBy(column.title)}
      className="inline-flex min-h-6 items-center gap-1.5 rounded-control hover:text-ink"
      onClick={() => next && onSort(next)}
    >
      {column.title}
      <Icon className={`size-3.5 ${order === 'none' ? 'opacity-50' : 'text-ink'}`} aria-hidden="true" />
    </button>
  );
}
