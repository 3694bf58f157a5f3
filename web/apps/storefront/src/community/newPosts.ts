import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ListedPost, PostListQuery } from './queries.ts';

type HeldPosts = InfiniteData<{ items: ListedPost[]; index: number }, unknown>;

/** A post at its place: the same one passed on by somebody, or pinned, is another item of a list. */
export const placeOf = ({ id, reposted_by, is_pinned }: Pick<ListedPost, 'id' | 'reposted_by' | 'is_pinned'>) =>
  `${id}${reposted_by?.id ?? ''}${is_pinned ? 'pinned' : ''}`;

/** What stands before everything that the list's first page has: how many of the first places are new. */
export function countNew(places: string, held: HeldPosts | undefined): number {
  const first = held?.pages.find(({ index }) => index === 0);
  // Far down, the first page is not held any more; then the button is not shown either.
  if (!first) return 0;
  const known = new Set(first.items.map(placeOf));
  const all = places.split(' ').filter(Boolean);
  const firstKnown = all.findIndex((place) => known.has(place));
  return firstKnown === -1 ? all.length : firstKnown;
}

/** The list from its beginning, in place of what is held; false where it does not load. */
export async function showNewest(queryClient: QueryClient, query: PostListQuery): Promise<boolean> {
  const initial = query.initialPageParam;
  try {
    const fresh = queryClient.fetchInfiniteQuery({
      ...query,
      queryKey: [...query.queryKey, 'newest'] as never,
      gcTime: 0,
    });
    queryClient.setQueryData(query.queryKey, { ...(await fresh), pageParams: [initial] });
    return true;
  } catch {
    return false;
  }
}
