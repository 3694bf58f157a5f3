import { asProblem } from '@sharestack/api/problem.ts';
import { notFound } from '@tanstack/react-router';

const isServer = typeof window === 'undefined';

/**
 * What a page can do without: a server waits for it (calls have a deadline, so never long), a browser shows the page
 * and fills it in. `prefetchQuery` swallows failures: they leave a gap that the browser tries to fill.
 */
export async function optional(...calls: Promise<void>[]): Promise<void> {
  if (isServer) await Promise.all(calls);
}

/** What a page is about: missing is 404 or 410, and everything else an error of the page. */
export async function essential<T>(query: Promise<T>): Promise<T> {
  try {
    return await query;
  } catch (error) {
    const problem = asProblem(error);
    if (problem.isMissing) throw notFound({ data: { status: problem.status } });
    throw error;
  }
}
