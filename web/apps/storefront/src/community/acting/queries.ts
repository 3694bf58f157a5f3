import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import type { Reaction } from '../queries.ts';

export type ReactionResult = Schemas['ReactionResult'];
export type Bookmark = Schemas['Bookmark'];

/** What is reacted to. */
export interface ReactionTarget {
  kind: 'post' | 'comment';
  id: string;
}

/** One reaction, or none: said as often as it takes, by the target (a toggle could not be retried). */
export async function setReaction(
  api: Api,
  { kind, id }: ReactionTarget,
  reaction: Reaction | null,
): Promise<ReactionResult | undefined> {
  if (kind === 'post') {
    const params = { path: { post_id: id } };
    if (!reaction) return void (await take(api.DELETE('/api/v1/posts/{post_id}/reactions', { params })));
    return take(api.PUT('/api/v1/posts/{post_id}/reactions', { params, body: { reaction } }));
  }
  const params = { path: { comment_id: id } };
  if (!reaction) return void (await take(api.DELETE('/api/v1/comments/{comment_id}/reactions', { params })));
  return take(api.PUT('/api/v1/comments/{comment_id}/reactions', { params, body: { reaction } }));
}

export function setRepost(api: Api, id: string, isReposted: boolean) {
  const params = { path: { post_id: id } };
  return isReposted
    ? take(api.PUT('/api/v1/posts/{post_id}/reposts', { params }))
    : take(api.DELETE('/api/v1/posts/{post_id}/reposts', { params }));
}

export function setBookmark(api: Api, id: string, isBookmarked: boolean) {
  const params = { path: { post_id: id } };
  return isBookmarked
    ? take(api.PUT('/api/v1/posts/{post_id}/bookmarks', { params, body: null }))
    : take(api.DELETE('/api/v1/posts/{post_id}/bookmarks', { params }));
}

export const voteInPoll = (api: Api, pollId: string, option: number) =>
  take(api.POST('/api/v1/polls/{poll_id}/votes', { params: { path: { poll_id: pollId } }, body: { option } }));

/** One's own post stands first on one's page, or none does. */
export const pinOnPage = (api: Api, id: string | null) =>
  id
    ? take(api.PUT('/api/v1/users/me/pinned-post', { body: { post_id: id } }))
    : take(api.DELETE('/api/v1/users/me/pinned-post'));

export function acceptAnswer(api: Api, slug: string, postId: string, commentId: string | null) {
  const params = { path: { slug, post_id: postId } };
  return commentId
    ? take(
        api.PUT('/api/v1/groups/{slug}/posts/{post_id}/accepted-answer', { params, body: { comment_id: commentId } }),
      )
    : take(api.DELETE('/api/v1/groups/{slug}/posts/{post_id}/accepted-answer', { params }));
}

export const deletePost = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/posts/{post_id}', { params: { path: { post_id: id } } }));

export const deleteComment = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/comments/{comment_id}', { params: { path: { comment_id: id } } }));

/** Without a username somebody reads, and does nothing that others see. */
export const chooseUsername = (api: Api, username: string, timeZone: string) =>
  take(api.POST('/api/v1/users/me/onboarding', { body: { username, time_zone: timeZone } }));
