import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE } from '../queries.ts';
import type { Direction } from './search.ts';

export type ListedPerson = Schemas['ListedPerson'];

export const REQUESTS_KEY = ['follow-requests'] as const;

export const requestsQuery = (api: Api, direction: Direction) =>
  growingListQuery<ListedPerson>([...REQUESTS_KEY, direction], (cursor) =>
    take(api.GET('/api/v1/follow-requests', { params: { query: { direction, limit: PAGE, cursor } } })),
  );

/** How many wait for an answer, and whether anybody has to ask. */
export const requestCountQuery = (api: Api) =>
  queryOptions({
    queryKey: [...REQUESTS_KEY, 'count'],
    queryFn: () =>
      take(api.GET('/api/v1/users/me', { params: { query: { fields: 'follow_request_count,is_private' } } })),
    staleTime: 0,
  });

const at = (user: string) => ({ params: { path: { user } } });

export const acceptRequest = (api: Api, id: string) => take(api.POST('/api/v1/follow-requests/{user}/accept', at(id)));

export const declineRequest = (api: Api, id: string) => take(api.DELETE('/api/v1/follow-requests/{user}', at(id)));
