import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE, postList } from '../queries.ts';

export type Person = Schemas['Person'];
export type Relation = Schemas['Relation'];

export const PEOPLE_KEY = ['people'] as const;

export const personQuery = (api: Api, name: string) =>
  queryOptions({
    queryKey: [...PEOPLE_KEY, name],
    queryFn: () => take(api.GET('/api/v1/users/{user}', { params: { path: { user: name } } })),
  });

export const personPostsQuery = (api: Api, name: string, after?: string) =>
  postList(['person', name], after, (cursor) =>
    take(api.GET('/api/v1/users/{user}/posts', { params: { path: { user: name }, query: { limit: PAGE, cursor } } })),
  );

const at = (user: string) => ({ params: { path: { user } } });

export const setFollow = (api: Api, id: string, follows: boolean) =>
  follows
    ? take(api.PUT('/api/v1/users/{user}/follow', at(id)))
    : take(api.DELETE('/api/v1/users/{user}/follow', at(id)));

/** For ever, or until a moment; said again, it replaces when the mute ends. */
export const setMute = (api: Api, id: string, mutes: boolean, until: string | null = null) =>
  mutes
    ? take(api.PUT('/api/v1/users/{user}/mute', { ...at(id), body: until ? { until } : null }))
    : take(api.DELETE('/api/v1/users/{user}/mute', at(id)));

export const setBlock = (api: Api, id: string, blocks: boolean) =>
  blocks ? take(api.PUT('/api/v1/users/{user}/block', at(id))) : take(api.DELETE('/api/v1/users/{user}/block', at(id)));
