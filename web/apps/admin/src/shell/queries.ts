import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type QueryClient, queryOptions } from '@tanstack/react-query';

export type Counters = Schemas['Counters'];
export type CounterName = keyof Counters;

export const COUNTERS_KEY = ['counters'] as const;

/** How much waits, by kind: badges, and the overview's list. */
export const countersQuery = (api: Api) =>
  queryOptions({ queryKey: COUNTERS_KEY, queryFn: () => take(api.GET('/api/v1/admin/counters')) });

const FRESH = 5_000;

/** What polling compares: a counter is newer where it counts something else. What the page has just read is not asked again. */
export async function counterVersions(api: Api, client: QueryClient): Promise<Record<string, string>> {
  const counters = await client.fetchQuery({ ...countersQuery(api), staleTime: FRESH });
  return Object.fromEntries(Object.entries(counters).map(([name, count]) => [name, String(count)]));
}
