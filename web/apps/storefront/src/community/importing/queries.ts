import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { asProblem, problemOf } from '@sharestack/api/problem.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE } from '../queries.ts';
import type { Outcome } from './search.ts';

export type PostImport = Schemas['PostImport'];
export type PostImportItem = Schemas['PostImportItem'];
export type PostImportUpload = Schemas['PostImportUpload'];
export type PeopleFileReport = Schemas['PeopleFileReport'];
export type PeopleList = 'following' | 'mutes' | 'blocks';

const IMPORTS_KEY = ['post-imports'] as const;
const POLL_MS = 3000;
const MAX_WAIT_MS = 60_000;
const CALLS_OF_A_PACE = 10;

export const isUnderWay = ({ status }: PostImport) => status === 'waiting' || status === 'running';

/** The answer has the form by which a file of just this size goes to storage. */
export const announceArchive = (api: Api, size: number) => take(api.POST('/api/v1/posts/imports', { body: { size } }));

/** Asked for again until it has ended; ever more seldom, because many pictures take a while. */
export const importQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: [...IMPORTS_KEY, id],
    queryFn: () => take(api.GET('/api/v1/posts/imports/{import_id}', { params: { path: { import_id: id } } })),
    staleTime: 0,
    refetchInterval: ({ state }) =>
      state.data && isUnderWay(state.data)
        ? Math.min(POLL_MS * 2 ** Math.floor(state.dataUpdateCount / CALLS_OF_A_PACE), MAX_WAIT_MS)
        : false,
  });

export const importItemsQuery = (api: Api, id: string, outcome: Outcome | null) =>
  growingListQuery<PostImportItem>([...IMPORTS_KEY, id, 'items', outcome], (cursor) =>
    take(
      api.GET('/api/v1/posts/imports/{import_id}/items', {
        params: { path: { import_id: id }, query: { outcome, limit: PAGE, cursor } },
      }),
    ),
  );

/** A list of people, as other networks take it in. */
export async function readPeopleFile(api: Api, name: PeopleList): Promise<Blob> {
  const call = api.GET('/api/v1/users/me/people-files/{name}', { params: { path: { name } } });
  const { response, error } = await call.catch((failure: unknown) => {
    throw asProblem(failure);
  });
  if (!response.ok) throw problemOf(response, error);
  return response.blob();
}

/** Follows, mutes or blocks whom a file names; the answer says of each line whether it was taken. */
export const takePeopleFile = (api: Api, name: PeopleList, csv: string) =>
  take(
    api.POST('/api/v1/users/me/people-files/{name}', {
      params: { path: { name } },
      headers: { 'content-type': 'text/csv' },
      body: csv,
    }),
  );
