import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { PAGE, type Post } from '../../queries.ts';
import { GROUPS_KEY } from '../queries.ts';

export type NewGroup = Schemas['NewGroup'];
export type Member = Schemas['Member'];
export type Role = Member['role'];
export type Ban = Schemas['Ban'];
export type GroupRequest = Schemas['GroupRequest'];

/** All that moderators of a group look at. */
export const managingKey = (slug: string) => [...GROUPS_KEY, 'managing', slug] as const;

const of = (slug: string) => ({ path: { slug } });
const person = (slug: string, id: string) => ({ path: { slug, user_id: id } });
const post = (slug: string, id: string) => ({ path: { slug, post_id: id } });
const comment = (slug: string, id: string) => ({ path: { slug, comment_id: id } });
const page = (slug: string, cursor: string | null) => ({ ...of(slug), query: { limit: PAGE, cursor } });

export const requestsQuery = (api: Api, slug: string) =>
  growingListQuery<GroupRequest>([...managingKey(slug), 'requests'], (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/requests', { params: page(slug, cursor) })),
  );

export const invitationsQuery = (api: Api, slug: string) =>
  growingListQuery<GroupRequest>([...managingKey(slug), 'invitations'], (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/invitations', { params: page(slug, cursor) })),
  );

export const membersQuery = (api: Api, slug: string) =>
  growingListQuery<Member>([...managingKey(slug), 'members'], (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/members', { params: page(slug, cursor) })),
  );

export const bansQuery = (api: Api, slug: string) =>
  growingListQuery<Ban>([...managingKey(slug), 'bans'], (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/bans', { params: page(slug, cursor) })),
  );

export const removedQuery = (api: Api, slug: string) =>
  growingListQuery<Post>([...managingKey(slug), 'removed'], (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/removed-posts', { params: page(slug, cursor) })),
  );

/** A group; sent again with its key it is the same one. */
export const createGroup = (api: Api, key: string, body: NewGroup) =>
  take(api.POST('/api/v1/groups', { params: { header: { 'Idempotency-Key': key } }, body }));

export const readGroup = (api: Api, slug: string) => take(api.GET('/api/v1/groups/{slug}', { params: of(slug) }));

export const changeGroup = (api: Api, slug: string, body: Schemas['GroupChange']) =>
  take(api.PATCH('/api/v1/groups/{slug}', { params: of(slug), body }));

export const closeGroup = (api: Api, slug: string) =>
  take(api.PUT('/api/v1/groups/{slug}/closure', { params: of(slug) }));

export const openGroup = (api: Api, slug: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/closure', { params: of(slug) }));

export const decideRequest = (api: Api, slug: string, id: string, decision: 'accept' | 'decline') =>
  take(api.POST('/api/v1/groups/{slug}/requests/{user_id}/decision', { params: person(slug, id), body: { decision } }));

/** Somebody is invited by name, as people know each other. */
export async function invite(api: Api, slug: string, name: string) {
  const { id } = await take(api.GET('/api/v1/users/{user}', { params: { path: { user: name } } }));
  return take(api.PUT('/api/v1/groups/{slug}/invitations/{user_id}', { params: person(slug, id) }));
}

export const withdrawInvitation = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/invitations/{user_id}', { params: person(slug, id) }));

export const setRole = (api: Api, slug: string, id: string, role: Role) =>
  take(api.PUT('/api/v1/groups/{slug}/members/{user_id}/role', { params: person(slug, id), body: { role } }));

export const removeMember = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/members/{user_id}', { params: person(slug, id) }));

export const ban = (api: Api, slug: string, id: string, body: Schemas['NewBan']) =>
  take(api.PUT('/api/v1/groups/{slug}/bans/{user_id}', { params: person(slug, id), body }));

export const endBan = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/bans/{user_id}', { params: person(slug, id) }));

export const reinstatePost = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/posts/{post_id}/removal', { params: post(slug, id) }));

export const removeFromGroup = (api: Api, slug: string, id: string, reason: string) =>
  take(api.PUT('/api/v1/groups/{slug}/posts/{post_id}/removal', { params: post(slug, id), body: { reason } }));

export const removeComment = (api: Api, slug: string, id: string, reason: string) =>
  take(api.PUT('/api/v1/groups/{slug}/comments/{comment_id}/removal', { params: comment(slug, id), body: { reason } }));

export const reinstateComment = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/comments/{comment_id}/removal', { params: comment(slug, id) }));

export function setPin(api: Api, slug: string, id: string, isPinned: boolean) {
  const params = post(slug, id);
  return isPinned
    ? take(api.PUT('/api/v1/groups/{slug}/posts/{post_id}/pin', { params }))
    : take(api.DELETE('/api/v1/groups/{slug}/posts/{post_id}/pin', { params }));
}

export function setLock(api: Api, slug: string, id: string, isLocked: boolean) {
  const params = post(slug, id);
  return isLocked
    ? take(api.PUT('/api/v1/groups/{slug}/posts/{post_id}/lock', { params }))
    : take(api.DELETE('/api/v1/groups/{slug}/posts/{post_id}/lock', { params }));
}

export function setFlair(api: Api, slug: string, id: string, flairId: string | null) {
  const params = post(slug, id);
  return flairId
    ? take(api.PUT('/api/v1/groups/{slug}/posts/{post_id}/flair', { params, body: { flair_id: flairId } }))
    : take(api.DELETE('/api/v1/groups/{slug}/posts/{post_id}/flair', { params }));
}

export const addFlair = (api: Api, slug: string, name: string) =>
  take(api.POST('/api/v1/groups/{slug}/flairs', { params: of(slug), body: { name } }));

export const deleteFlair = (api: Api, slug: string, id: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/flairs/{flair_id}', { params: { path: { slug, flair_id: id } } }));
