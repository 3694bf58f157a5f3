import { type cursorPages, readPages } from '@sharestack/api/pages.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { InfiniteRows } from './listOf.ts';

/** More rows than a spreadsheet is read with, and few enough for a minute's requests. */
export const MOST_ROWS = 10_000;

type Pages<Row> = ReturnType<typeof cursorPages<Row>>;

/** A list by cursors: what is held of it, and all of it for a file. */
export function useRows<Row>(options: Pages<Row>): InfiniteRows<Row> & { error: Error | null; refetch: () => unknown } {
  const query = useInfiniteQuery(options);
  return {
    data: query.data,
    error: query.error,
    refetch: query.refetch,
    hasNextPage: query.hasNextPage,
    hasPreviousPage: query.hasPreviousPage,
    isFetchingNextPage: query.isFetchingNextPage,
    isFetchingPreviousPage: query.isFetchingPreviousPage,
    isFetchNextPageError: query.isFetchNextPageError,
    fetchNextPage: query.fetchNextPage,
    fetchPreviousPage: query.fetchPreviousPage,
    readAll: (onRead, signal) => readPages(options.fetchPage, MOST_ROWS, onRead, signal),
  };
}
