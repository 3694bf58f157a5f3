import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { cursorPages } from '@sharestack/api/pages.ts';
import { queryOptions } from '@tanstack/react-query';
import type { PeopleSearch } from './search.ts';

export type PersonRow = Schemas['UserSummary'];
export type Person = Schemas['AdminUser'];
export type UserSession = Schemas['UserSession'];
export type UserNote = Schemas['UserNote'];

export const PAGE_SIZE = 50;
export const PEOPLE_KEY = ['people'] as const;
const SOME = 20;

/** Users, the newest first. */
export const peopleQuery = (api: Api, search: PeopleSearch) =>
  cursorPages<PersonRow>({
    queryKey: [...PEOPLE_KEY, 'list', search],
    fetchPage: (cursor) =>
      take(
        api.GET('/api/v1/admin/users', {
          params: {
            query: {
              q: search.q ?? null,
              role: search.role ?? null,
              active: search.active === undefined ? null : search.active === 'true',
              limit: PAGE_SIZE,
              cursor,
            },
          },
        }),
      ),
  });

export const personQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...PEOPLE_KEY, 'one', id],
    queryFn: () => take(api.GET('/api/v1/admin/users/{user_id}', { params: { path: { user_id: id } } })),
  });

export const changePerson = (api: Api, id: string, body: Schemas['UserChange']) =>
  take(api.PATCH('/api/v1/admin/users/{user_id}', { params: { path: { user_id: id } }, body }));

export const sessionsQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...PEOPLE_KEY, 'sessions', id],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/users/{user_id}/sessions', {
          params: { path: { user_id: id }, query: { limit: SOME } },
        }),
      ),
  });

export const endSessions = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/admin/users/{user_id}/sessions', { params: { path: { user_id: id } } }));

export const notesQuery = (api: Api, id: string) =>
  growingListQuery<UserNote>([...PEOPLE_KEY, 'notes', id], (cursor) =>
    take(
      api.GET('/api/v1/admin/users/{user_id}/notes', {
        params: { path: { user_id: id }, query: { limit: SOME, cursor } },
      }),
    ),
  );

export const writeNote = (api: Api, id: string, body: string, key: string) =>
  take(
    api.POST('/api/v1/admin/users/{user_id}/notes', {
      params: { path: { user_id: id }, header: { 'Idempotency-Key': key } },
      body: { body },
    }),
  );

export const deleteNote = (api: Api, id: string, noteId: string) =>
  take(
    api.DELETE('/api/v1/admin/users/{user_id}/notes/{note_id}', { params: { path: { user_id: id, note_id: noteId } } }),
  );
