import { ApiProblem } from '@sharestack/api/problem.ts';
import { type DehydratedState, hydrate, QueryClient } from '@tanstack/react-query';

const MINUTE = 60_000;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Without a network calls fail and say so; waiting for it in silence helps nobody.
      mutations: { networkMode: 'always' },
      queries: {
        networkMode: 'always',
        staleTime: MINUTE,
        // An answer of the API stands; only silence and its own trouble are worth another try.
        retry: (failures, error) =>
          failures < 2 && !(error instanceof ApiProblem && error.status > 0 && error.status < 500),
      },
    },
  });
}

/** What comes with a served page; `missing` is its status where that is 404 or 410. */
export interface ServedState extends DehydratedState {
  missing: number | null;
}

/**
 * The data of a served page, as fresh as the page: it was purged with it, and a visitor's clock may be wrong. Returns
 * what the routes have to know of it.
 */
export function takeOver(queryClient: QueryClient, json: string): { missing: number | null } {
  const state = JSON.parse(json) as ServedState;
  for (const { state: query } of state.queries) query.dataUpdatedAt = Date.now();
  hydrate(queryClient, state);
  return { missing: state.missing };
}

/**
 * Takes out what has arrived since the page was served: the server was too late for it and left a gap, and the first
 * render must have the same one. It is asked for again when the page is alive.
 */
export function dropUnserved(queryClient: QueryClient, json: string): void {
  const { queries } = JSON.parse(json) as ServedState;
  const served = new Set(queries.map(({ queryHash }) => queryHash));
  queryClient.removeQueries({ predicate: ({ queryHash }) => !served.has(queryHash) });
}
