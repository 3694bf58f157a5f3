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

/** The data of a served page, as fresh as the page: it was purged with it, and a visitor's clock may be wrong. */
export function takeOver(queryClient: QueryClient, json: string): void {
  const state = JSON.parse(json) as DehydratedState;
  for (const { state: query } of state.queries) query.dataUpdatedAt = Date.now();
  hydrate(queryClient, state);
}
