import type { KeyboardEvent } from 'react';
import type { Column, TableRows } from './column.ts';
import { TableHead } from './TableHead.tsx';
import { useVisibleRows } from './useVisibleRows.ts';

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  list: TableRows<Row>;
  keyOf: (row: Row) => string;
  sort: string | undefined;
  onSort: ((sort: string) => void) | undefined;
  rowHeight: number;
}

/** Rows and columns; only what the window shows is in the document. Arrow keys go from row to row. */
export function RowTable<Row>({ label, columns, list, keyOf, sort, onSort, rowHeight }: Props<Row>) {
  const { rows, firstIndex, onEarlier } = list;
  const visible = useVisibleRows({ firstIndex, count: rows.length, rowHeight, onEarlier });
  return (
    <div className="overflow-x-clip rounded-card border border-line bg-surface max-lg:overflow-x-auto">
      <table
        ref={visible.place}
        aria-label={label}
        aria-rowcount={list.hasMore ? -1 : firstIndex + rows.length + 1}
        className="w-full text-sm tabular-nums"
        onKeyDown={goToRow}
      >
        <TableHead columns={columns} sort={sort} onSort={onSort} />
        <tbody>
          <Space height={visible.before} />
          {visible.items.map((index) => {
            const row = rows[index - firstIndex];
            return (
              row && (
                <tr
                  key={keyOf(row)}
                  ref={visible.measure}
                  data-index={index}
                  aria-rowindex={index + 2}
                  className="border-t border-line first:border-t-0 hover:bg-sunken"
                  style={{ height: rowHeight }}
                >
                  {columns.map((column) => (
                    <Cell key={column.id} column={column} row={row} />
                  ))}
                </tr>
              )
            );
          })}
          <Space height={visible.after} />
        </tbody>
      </table>
    </div>
  );
}

function Cell<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const look = `px-3 py-1.5 first:pl-4 last:pr-4 ${column.align === 'right' ? 'text-right' : 'text-left'} ${column.className ?? ''}`;
  if (column.isRowHeader) {
    return (
      <th scope="row" className={`${look} font-medium`}>
        {column.cell(row)}
      </th>
    );
  }
  return <td className={look}>{column.cell(row)}</td>;
}

/** Stands for the rows that are not in the document. */
function Space({ height }: { height: number }) {
  return height > 0 ? <tr style={{ height }} /> : null;
}

function goToRow(event: KeyboardEvent<HTMLTableElement>): void {
  const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
  const row = event.target instanceof Element ? event.target.closest('tr') : null;
  if (!step || !row) return;
  const rows = [...event.currentTarget.querySelectorAll('tbody tr')];
  const next = rows[rows.indexOf(row) + step]?.querySelector<HTMLElement>('a, button');
  if (!next) return;
  event.preventDefault();
  next.focus();
}
