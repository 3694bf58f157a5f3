import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { DataTable } from '@sharestack/table/DataTable.tsx';
import { type Filter, FilterBar } from '@sharestack/table/FilterBar.tsx';
import { type InfiniteRows, listOf } from '@sharestack/table/listOf.ts';
import { useRowHeight } from '@sharestack/table/useRowHeight.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type BulkAction, BulkBar } from './BulkBar.tsx';
import { ChosenChips } from './ChosenChips.tsx';
import { RoomHead } from './RoomHead.tsx';
import { SavedViews } from './SavedViews.tsx';
import { texts } from './texts.ts';
import type { Selection } from './useSelection.tsx';

type Search = Readonly<Record<string, string | undefined>>;

interface Props<Row> {
  /** Names the list in storage and in files. */
  name: string;
  title: string;
  lead?: ReactNode;
  /** Beside the title: what can be made, other lists. */
  actions?: ReactNode;
  filters?: readonly Filter[];
  /** What chooses rows, as the address has it. */
  search?: Search;
  onSearch?: (search: Record<string, string | undefined>) => void;
  /** What links choose, and no field: its names in the address, in words. */
  chosen?: Readonly<Record<string, string>>;
  columns: readonly Column<Row>[];
  keyOf: (row: Row) => string;
  query: InfiniteRows<Row> & { error: Error | null; refetch: () => unknown };
  pageSize: number;
  /** What an empty list says, and one that nothing matches. */
  empty: { none: string; noneBody?: string; noMatch?: string; noMatchBody?: string };
  bulk?: {
    selection: Selection<Row>;
    nameOf: (row: Row) => string;
    actions: readonly BulkAction<Row>[];
    changes: readonly QueryKey[];
  };
  /** Between filters and rows. */
  children?: ReactNode;
}

/** A list of the administration: filters in the address, saved views, rows, bulk actions. The sort is one of the filters. */
export function ListRoom<Row>(props: Props<Row>) {
  const { name, title, lead, actions, filters = [], search = {}, onSearch, columns, keyOf, query, pageSize } = props;
  const rowHeight = useRowHeight();
  const list = listOf(query, pageSize);
  // What is chosen elsewhere (the sort, a customer whose rows these are) stays when filters change.
  const elsewhere = Object.entries(search).filter(([key]) => !filters.some((filter) => filter.name === key));
  const choose = (values: Record<string, string | undefined>) =>
    onSearch?.({ ...Object.fromEntries(elsewhere), ...values });
  return (
    <div className="space-y-5">
      <RoomHead title={title} lead={lead}>
        {actions}
      </RoomHead>
      {filters.length > 0 && onSearch && (
        <div className="flex flex-wrap items-end justify-between gap-3">
          <div className="min-w-0 grow">
            <FilterBar filters={filters} values={search} onChange={choose} />
          </div>
          <SavedViews list={name} search={search} onOpen={onSearch} />
        </div>
      )}
      {props.chosen && onSearch && <ChosenChips chosen={props.chosen} search={search} onSearch={onSearch} />}
      {props.children}
      {props.bulk && list && list.rows.length > 0 && <BulkBar {...props.bulk} loaded={list.rows} keyOf={keyOf} />}
      <DataTable
        key={JSON.stringify(search)}
        name={name}
        label={title}
        columns={props.bulk ? [props.bulk.selection.column, ...columns] : columns}
        keyOf={keyOf}
        list={list}
        error={query.error}
        onRetry={() => void query.refetch()}
        rowHeight={rowHeight}
        sort={search.sort}
        {...(onSearch ? { onSort: (sort: string) => onSearch({ ...search, sort }) } : {})}
        empty={<Nothing texts={props.empty} search={search} onClear={() => onSearch?.({})} />}
      />
    </div>
  );
}

interface NothingProps {
  texts: Props<unknown>['empty'];
  search: Search;
  onClear: () => void;
}

function Nothing({ texts: { none, noneBody, noMatch, noMatchBody }, search, onClear }: NothingProps) {
  const t = useTexts(texts);
  const isFiltered = Object.entries(search).some(([name, value]) => name !== 'sort' && value);
  if (!isFiltered || !noMatch) return <EmptyState title={none} {...(noneBody ? { body: noneBody } : {})} />;
  return (
    <EmptyState title={noMatch} {...(noMatchBody ? { body: noMatchBody } : {})}>
      <Button kind="secondary" onClick={onClear}>
        {t.clearFilters}
      </Button>
    </EmptyState>
  );
}
