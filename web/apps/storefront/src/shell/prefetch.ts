import { asProblem } from '@sharestack/api/problem.ts';
import { notFound } from '@tanstack/react-router';
import type { RouterContext } from './router.ts';

const isServer = typeof window === 'undefined';

/**
 * What a page can do without: a server waits for it (calls have a deadline, so never long), a browser shows the page
 * and fills it in. `prefetchQuery` swallows failures: they leave a gap that the browser tries to fill.
 */
export async function optional(...calls: Promise<void>[]): Promise<void> {
  if (isServer) await Promise.all(calls);
}

/** A page that came as 404 or 410 is that for the browser as well; called before anything is asked for. */
function refuseMissing(served: { missing: number | null } | undefined): void {
  if (served?.missing) throw notFound({ data: { status: served.missing } });
}

/** What a page is about: missing is 404 or 410, and everything else an error of the page. */
async function essential<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.isMissing) throw notFound({ data: { status: problem.status } });
    // No such thing can have this name.
    if (problem.status === 422) throw notFound({ data: { status: 404 } });
    throw error;
  }
}

/** What the loaders of the contexts work with. A page that came as missing is refused before it asks for anything. */
export function loaderTools({ api, queryClient, served }: RouterContext) {
  refuseMissing(served);
  return { api, queryClient, essential, optional };
}
