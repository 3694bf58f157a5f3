import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { ReactNode } from 'react';
import { CardList } from './CardList.tsx';
import type { Column, TableRows } from './column.ts';
import { download, toCsv } from './csv.ts';
import { ExportTool } from './ExportTool.tsx';
import { RowTable } from './RowTable.tsx';
import { SortChoice } from './SortChoice.tsx';
import { TableTools } from './TableTools.tsx';
import { texts } from './texts.ts';
import { useColumns } from './useColumns.ts';
import { useIsNarrow } from './useIsNarrow.ts';

interface Props<Row> {
  /** Names the choice of columns in storage, and the exported file. */
  name: string;
  label: string;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  /** Undefined while it loads. */
  list: TableRows<Row> | undefined;
  error?: Error | null;
  onRetry: () => void;
  empty: ReactNode;
  sort?: string | undefined;
  onSort?: (sort: string) => void;
  /** Pixels of a row. */
  rowHeight?: number;
}

const ROW_HEIGHT = 44;
const FIRST_ROWS = 8;

/** A list of the server's: it sorts and filters, this shows what is held of it. Cards where there is no room. */
export function DataTable<Row>(props: Props<Row>) {
  const { name, label, columns, keyOf, list, error, onRetry, empty, sort, onSort, rowHeight = ROW_HEIGHT } = props;
  const t = useTexts(texts);
  const isNarrow = useIsNarrow();
  const { shown, isShown, toggle } = useColumns(name, columns);
  if (!list && error) {
    const { correlationId, status } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={onRetry} />;
  }
  if (!list) return <Loading rowHeight={rowHeight} />;
  if (list.rows.length === 0 && !list.hasMore) return empty;
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p role="status" className="text-sm text-muted tabular-nums">
          {t.rows(list.firstIndex + list.rows.length, list.hasMore)}
        </p>
        {isNarrow && onSort && <SortChoice columns={columns} sort={sort} onSort={onSort} />}
        <TableTools columns={columns} isShown={isShown} onToggle={toggle}>
          {columns.some(({ plain }) => plain) && (
            <ExportTool list={list} write={(rows) => download(`${name}.csv`, toCsv(shown, rows))} />
          )}
        </TableTools>
      </div>
      {isNarrow ? (
        <CardList label={label} columns={shown} list={list} keyOf={keyOf} />
      ) : (
        <RowTable
          label={label}
          columns={shown}
          list={list}
          keyOf={keyOf}
          sort={sort}
          onSort={onSort}
          rowHeight={rowHeight}
        />
      )}
      <More list={list} />
    </div>
  );
}

function More<Row>({ list: { hasMore, onMore, isLoadingMore, hasMoreFailed } }: { list: TableRows<Row> }) {
  const t = useTexts(texts);
  if (!hasMore) return null;
  return (
    <div className="flex flex-wrap items-center justify-center gap-3 py-2">
      {hasMoreFailed && (
        <p role="alert" className="text-sm text-danger">
          {t.moreFailed}
        </p>
      )}
      <Button kind="secondary" busy={isLoadingMore} onClick={onMore}>
        {isLoadingMore ? t.loadingMore : hasMoreFailed ? t.again : t.more}
      </Button>
    </div>
  );
}

function Loading({ rowHeight }: { rowHeight: number }) {
  return (
    <div aria-busy="true" className="space-y-px overflow-hidden rounded-card border border-line bg-surface p-4 pt-14">
      {Array.from({ length: FIRST_ROWS }, (_, index) => `row-${index}`).map((key) => (
        <div key={key} className="flex items-center" style={{ height: rowHeight }}>
          <Skeleton className="h-4 w-full" />
        </div>
      ))}
    </div>
  );
}
