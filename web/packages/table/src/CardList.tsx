import type { Column, TableRows } from './column.ts';
import { useVisibleRows } from './useVisibleRows.ts';

const CARD_HEIGHT = 148;

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  list: TableRows<Row>;
  keyOf: (row: Row) => string;
}

/** The same rows on a phone: a card each, headed by what heads the row. */
export function CardList<Row>({ label, columns, list: { rows, firstIndex, onEarlier }, keyOf }: Props<Row>) {
  const visible = useVisibleRows({ firstIndex, count: rows.length, rowHeight: CARD_HEIGHT, onEarlier });
  const header = columns.find(({ isRowHeader }) => isRowHeader);
  const rest = columns.filter(({ isRowHeader }) => !isRowHeader);
  return (
    <div ref={visible.place} style={{ paddingTop: visible.before, paddingBottom: visible.after }}>
      <ul aria-label={label}>
        {visible.items.map((index) => {
          const row = rows[index - firstIndex];
          return (
            row && (
              <li key={keyOf(row)} ref={visible.measure} data-index={index} className="pb-3">
                <div className="rounded-card border border-line bg-surface p-4">
                  <div className="font-medium [&_a]:inline-block [&_a]:max-w-full [&_a]:py-2.5">
                    {header?.cell(row)}
                  </div>
                  <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums">
                    {rest.map((column) => (
                      <div key={column.id} className="contents">
                        <dt className="text-muted">{column.title}</dt>
                        <dd className="min-w-0 truncate text-right">{column.cell(row)}</dd>
                      </div>
                    ))}
                  </dl>
                </div>
              </li>
            )
          );
        })}
      </ul>
    </div>
  );
}
