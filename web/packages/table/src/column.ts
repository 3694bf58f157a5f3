import type { ReadRows } from '@sharestack/api/pages.ts';
import type { ReactNode } from 'react';

export interface Column<Row> {
  id: string;
  title: string;
  cell: (row: Row) => ReactNode;
  /** As a spreadsheet takes it; columns without it are not exported. */
  plain?: (row: Row) => string | number;
  align?: 'right';
  /** Heads its row, and the card on a phone. One column does. */
  isRowHeader?: boolean;
  /** Can be hidden by who does not need it; `initially` until they choose. */
  optional?: 'shown' | 'hidden';
  /** The server's name of ascending and descending order by this column. */
  sort?: { ascending: string; descending: string };
  /** Widest that a text may make the column. */
  className?: string;
}

/** Where a list is: what is held of it, and what can be fetched. Rows before `firstIndex` were let go of. */
export interface TableRows<Row> {
  rows: readonly Row[];
  firstIndex: number;
  hasMore: boolean;
  onMore: () => void;
  onEarlier: () => void;
  isLoadingMore: boolean;
  hasMoreFailed: boolean;
  /** Reads the list anew from its beginning, for a file; `onRead` hears how many rows there are so far. */
  readAll?: (onRead: (count: number) => void, signal: AbortSignal) => Promise<ReadRows<Row>>;
}
