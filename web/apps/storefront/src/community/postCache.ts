import type { QueryClient } from '@tanstack/react-query';
import { BOOKMARKS_KEY, COMMENTS_KEY, type Comment, type ListedPost, POSTS_KEY } from './queries.ts';

type Change<T> = (item: T) => T;

/** What queries of posts hold: one, a page of them, or pages; a bookmark has its post inside. */
type Held = ListedPost | { pages: { items: (ListedPost | { post: ListedPost })[] }[] };

/** Changes a post wherever it is shown: in lists, alone, passed on, and as somebody's quote. */
export function changePost(queryClient: QueryClient, id: string, change: Change<ListedPost>): void {
  queryClient.setQueriesData<Held>(
    { queryKey: POSTS_KEY },
    (held) => held && inHeld(held, (post) => inPost(post, id, change)),
  );
}

function inHeld(held: Held, change: Change<ListedPost>): Held {
  if (!('pages' in held)) return 'id' in held ? change(held) : held;
  return {
    ...held,
    pages: held.pages.map((page) => ({
      ...page,
      items: page.items.map((item) => ('post' in item ? { ...item, post: change(item.post) } : change(item))),
    })),
  };
}

function inPost(post: ListedPost, id: string, change: Change<ListedPost>): ListedPost {
  if (post.id === id) return change(post);
  if (post.quoted?.post?.id !== id) return post;
  return { ...post, quoted: { ...post.quoted, post: change(post.quoted.post) } };
}

/** Takes a post out of all lists; what it leaves as a quote says that it is gone. */
export function removePost(queryClient: QueryClient, id: string): void {
  queryClient.setQueriesData<Held>({ queryKey: POSTS_KEY }, (held) => {
    if (!held || !('pages' in held)) return held;
    const isIt = (item: ListedPost | { post: ListedPost }) => ('post' in item ? item.post.id : item.id) === id;
    const pages = held.pages.map((page) => ({ ...page, items: page.items.filter((item) => !isIt(item)) }));
    return inHeld({ ...held, pages }, (post) =>
      post.quoted?.post?.id === id ? { ...post, quoted: { ...post.quoted, post: null } } : post,
    );
  });
}

interface HeldBookmarks {
  pages: { items: { post: ListedPost; folder_id: string | null }[] }[];
}

/** Says of a bookmark in which folder it is, in all lists of them; it stays where it is shown. */
export function placeBookmark(queryClient: QueryClient, postId: string, folderId: string | null): void {
  const place = (item: HeldBookmarks['pages'][number]['items'][number]) =>
    item.post.id === postId ? { ...item, folder_id: folderId } : item;
  queryClient.setQueriesData<HeldBookmarks>(
    { queryKey: BOOKMARKS_KEY },
    (held) => held && { ...held, pages: held.pages.map((page) => ({ ...page, items: page.items.map(place) })) },
  );
}

type HeldComment = Comment & { replies?: { items: Comment[]; next_cursor: string | null } };
interface HeldComments {
  pages: { items: HeldComment[] }[];
}

/** Changes a comment of a post's wherever it is shown: on the post, or below another one. */
export function changeComment(queryClient: QueryClient, postId: string, id: string, change: Change<HeldComment>): void {
  const inComment = (comment: HeldComment): HeldComment => {
    if (comment.id === id) return change(comment);
    if (!comment.replies?.items.some((one) => one.id === id)) return comment;
    return { ...comment, replies: { ...comment.replies, items: comment.replies.items.map(inComment) } };
  };
  queryClient.setQueriesData<HeldComments>(
    { queryKey: [...COMMENTS_KEY, postId] },
    (held) => held && { ...held, pages: held.pages.map((page) => ({ ...page, items: page.items.map(inComment) })) },
  );
}

/** Puts a comment where its writer looks for it: below what it answers, or at the end of those on the post. */
export function addComment(queryClient: QueryClient, comment: Comment): void {
  const { parent_id, post_id } = comment;
  changePost(queryClient, post_id, (post) => ({
    ...post,
    stats: { ...post.stats, comments: post.stats.comments + 1 },
  }));
  if (parent_id) {
    changeComment(queryClient, post_id, parent_id, (parent) => ({
      ...parent,
      reply_count: parent.reply_count + 1,
      replies: {
        next_cursor: parent.replies?.next_cursor ?? null,
        items: [...(parent.replies?.items ?? []), comment],
      },
    }));
    return;
  }
  queryClient.setQueryData<HeldComments>([...COMMENTS_KEY, post_id], (held) => {
    const last = held?.pages.at(-1);
    if (!held || !last) return held;
    return { ...held, pages: [...held.pages.slice(0, -1), { ...last, items: [...last.items, comment] }] };
  });
}
