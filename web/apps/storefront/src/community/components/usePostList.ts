import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query';
import { placeOf } from '../newPosts.ts';
import type { PostListQuery } from '../queries.ts';
import { usePersonal } from '../usePersonal.ts';

/** The posts of the pages that are held, each place once: a list that changed while it was read may repeat some. */
export function usePostList(query: PostListQuery, isReady: boolean) {
  const list = useInfiniteQuery({ ...query, enabled: isReady, placeholderData: keepPreviousData });
  const pages = list.data?.pages;
  const posts = pages && [
    ...new Map(pages.flatMap(({ items }) => items.map((post) => [placeOf(post), post]))).values(),
  ];
  usePersonal(posts?.some(({ viewer }) => viewer === null) ?? false, list.refetch);
  return {
    ...list,
    posts,
    next: pages?.at(-1)?.next_cursor ?? null,
    /** Which pages these are, in a word. */
    held: pages?.map(({ index }) => index).join() ?? '',
  };
}
