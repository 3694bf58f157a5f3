import { infiniteQueryOptions, type QueryKey, useInfiniteQuery } from '@tanstack/react-query';
import { asProblem } from './problem.ts';

interface Page<T> {
  items: T[];
  next_cursor: string | null;
}

/** A list of the API, page behind page: `read` asks for the one behind a cursor, null for the first. */
export const growingListQuery = <T>(queryKey: QueryKey, read: (cursor: string | null) => Promise<Page<T>>) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam }: { pageParam: string | null }) => read(pageParam),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });

/** The list so far and the way on, as `MoreList` of `packages/ui` shows them. */
export function useGrowingList<T>(query: ReturnType<typeof growingListQuery<T>>, isReady = true) {
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = useInfiniteQuery({
    ...query,
    enabled: isReady,
  });
  return {
    items: data?.pages.flatMap((page) => page.items),
    problem: error ? asProblem(error) : null,
    hasMore: hasNextPage,
    isLoadingMore: isFetchingNextPage,
    onMore: () => void fetchNextPage(),
    // A further page is asked for again by itself; the pages that are there stay.
    onRetry: () => void (data && hasNextPage ? fetchNextPage() : refetch()),
  };
}
