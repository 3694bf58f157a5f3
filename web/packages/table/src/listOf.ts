import type { HeldPage, ReadRows } from '@sharestack/api/pages.ts';
import type { TableRows } from './column.ts';

/** A query of `cursorPages`. */
export interface InfiniteRows<Row> {
  data: { pages: HeldPage<Row>[] } | undefined;
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  isFetchingNextPage: boolean;
  isFetchingPreviousPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => unknown;
  fetchPreviousPage: () => unknown;
  readAll?: (onRead: (count: number) => void, signal: AbortSignal) => Promise<ReadRows<Row>>;
}

/** What a table shows of a list by cursors; undefined until its first page is there. */
export function listOf<Row>(query: InfiniteRows<Row>, pageSize: number): TableRows<Row> | undefined {
  if (!query.data) return undefined;
  const { pages } = query.data;
  return {
    rows: pages.flatMap(({ items }) => items),
    firstIndex: (pages[0]?.index ?? 0) * pageSize,
    hasMore: query.hasNextPage,
    onMore: () => void query.fetchNextPage(),
    onEarlier: () => {
      if (query.hasPreviousPage && !query.isFetchingPreviousPage) void query.fetchPreviousPage();
    },
    isLoadingMore: query.isFetchingNextPage,
    hasMoreFailed: query.isFetchNextPageError,
    ...(query.readAll ? { readAll: query.readAll } : {}),
  };
}
