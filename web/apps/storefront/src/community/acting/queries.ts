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

export const deletePost = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/posts/{post_id}', { params: { path: { post_id: id } } }));

export const deleteComment = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/comments/{comment_id}', { params: { path: { comment_id: id } } }));

/** Without a username somebody reads, and does nothing that others see. */
export const chooseUsername = (api: Api, username: string, timeZone: string) =>
  take(api.POST('/api/v1/users/me/onboarding', { body: { username, time_zone: timeZone } }));
