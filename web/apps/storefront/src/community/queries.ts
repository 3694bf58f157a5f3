import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type CursorPage, cursorPages } from '@sharestack/api/pages.ts';
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type { FeedTab } from './search.ts';

export type Post = Schemas['Post'];
/** A post at a place: beside itself, who passed it on, and whether it is pinned there. */
export type ListedPost = Post & Partial<Pick<Schemas['FeedPost'], 'reposted_by' | 'reposted_at' | 'is_pinned'>>;
export type Author = Schemas['Author'];
export type Entity = Post['entities'][number];
export type Poll = Schemas['Poll'];
export type PostPicture = Schemas['PostPicture'];
export type Comment = Schemas['Comment'];
export type ThreadedComment = Schemas['ThreadedComment'];
export type Reaction = Schemas['Reaction'];

export const PAGE = 20;

/** All lists and single posts are below this key, so that what is done to a post is seen wherever it is shown. */
export const POSTS_KEY = ['posts'] as const;
/** Below that key as well: what is kept is a post with its folder. */
export const BOOKMARKS_KEY = [...POSTS_KEY, 'bookmarks'] as const;
export const COMMENTS_KEY = ['comments'] as const;

type FetchPage = (cursor: string | null) => Promise<CursorPage<ListedPost>>;

/** A list of posts, from the page on that an address names. */
export const postList = (key: readonly unknown[], after: string | undefined, fetchPage: FetchPage) =>
  cursorPages<ListedPost>({
    queryKey: [...POSTS_KEY, ...key, after ?? null],
    fetchPage: (cursor) => fetchPage(cursor ?? after ?? null),
  });

export type PostListQuery = ReturnType<typeof postList>;

const feedOf = (tab: FeedTab) =>
  ({ scope: tab === 'following' ? 'following' : 'all', order: tab === 'hot' ? 'hot' : 'new' }) as const;

export const feedQuery = (api: Api, tab: FeedTab, after?: string) =>
  postList(['feed', tab], after, (cursor) =>
    take(api.GET('/api/v1/feed', { params: { query: { ...feedOf(tab), limit: PAGE, cursor } } })),
  );

export const postQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...POSTS_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/posts/{post_id}', { params: { path: { post_id: id } } })),
  });

export const commentsQuery = (api: Api, postId: string) =>
  infiniteQueryOptions({
    queryKey: [...COMMENTS_KEY, postId],
    queryFn: ({ pageParam: cursor }) =>
      take(
        api.GET('/api/v1/posts/{post_id}/comments', {
          params: { path: { post_id: postId }, query: { limit: PAGE, cursor } },
        }),
      ),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

/** Answers to a comment behind those that came with it. */
export const repliesQuery = (api: Api, comment: Comment, after: string | null) =>
  infiniteQueryOptions({
    queryKey: [...COMMENTS_KEY, comment.post_id, 'replies', comment.id],
    queryFn: ({ pageParam: cursor }) =>
      take(
        api.GET('/api/v1/comments/{comment_id}/replies', {
          params: { path: { comment_id: comment.id }, query: { limit: PAGE, cursor } },
        }),
      ),
    initialPageParam: after,
    getNextPageParam: (last) => last.next_cursor,
  });

/** What stands in the first places of a feed, in the words of `placeOf`: compared, it says what is new. */
export async function feedPlaces(api: Api, tab: FeedTab): Promise<string> {
  const query = { ...feedOf(tab), limit: PAGE, fields: 'id,reposted_by' };
  const { items } = await take(api.GET('/api/v1/feed', { params: { query } }));
  return items.map(({ id, reposted_by }) => `${id}${reposted_by?.id ?? ''}`).join(' ');
}
