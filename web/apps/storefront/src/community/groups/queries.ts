import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE, postList } from '../queries.ts';

export type Group = Schemas['Group'];

export const GROUPS_KEY = ['groups'] as const;

export const groupQuery = (api: Api, slug: string) =>
  queryOptions({
    queryKey: [...GROUPS_KEY, 'one', slug],
    queryFn: () => take(api.GET('/api/v1/groups/{slug}', { params: { path: { slug } } })),
  });

export const groupPostsQuery = (api: Api, slug: string, after?: string) =>
  postList(['group', slug], after, (cursor) =>
    take(api.GET('/api/v1/groups/{slug}/posts', { params: { path: { slug }, query: { limit: PAGE, cursor } } })),
  );

/** Joins, accepts an invitation, or asks to join: the answer says which it was. */
export const joinGroup = (api: Api, slug: string, message: string) =>
  take(api.PUT('/api/v1/groups/{slug}/membership', { params: { path: { slug } }, body: message ? { message } : null }));

/** Leaves, withdraws a request, or declines an invitation. */
export const leaveGroup = (api: Api, slug: string) =>
  take(api.DELETE('/api/v1/groups/{slug}/membership', { params: { path: { slug } } }));
