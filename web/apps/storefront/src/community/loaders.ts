import type { Api } from '@sharestack/api/client.ts';
import { ApiProblem } from '@sharestack/api/problem.ts';
import type { QueryClient } from '@tanstack/react-query';
import { foundGroupsQuery, foundNamesQuery, foundPostsQuery, foundQuery } from './finding/queries.ts';
import type { FindSearch } from './finding/search.ts';
import { groupsQuery } from './groups/list/queries.ts';
import { groupPostsQuery, groupQuery } from './groups/queries.ts';
import { personPostsQuery, personQuery } from './people/queries.ts';
import { commentsQuery, feedQuery, postQuery } from './queries.ts';
import type { FeedSearch, ListSearch } from './search.ts';
import { hashtagPostsQuery, hashtagQuery, tickerPostsQuery, tickerQuery } from './topics/queries.ts';

/** What a page's route has: the shell says what happens to what is missing. */
export interface LoaderTools {
  api: Api;
  queryClient: QueryClient;
  /** What the page is about. */
  essential: <T>(query: Promise<T>) => Promise<T>;
  /** What it can do without. */
  optional: (...calls: Promise<void>[]) => Promise<void>;
}

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;

export function loadFeed({ api, queryClient, optional }: LoaderTools, { tab, after }: FeedSearch): Promise<void> {
  // Only a browser knows what its reader follows, and shows that by itself.
  if (tab === 'following' || typeof window !== 'undefined') return Promise.resolve();
  return optional(queryClient.prefetchInfiniteQuery(feedQuery(api, tab ?? 'all', after)));
}

export async function loadPost({ api, queryClient, essential, optional }: LoaderTools, id: string): Promise<void> {
  if (!UUID.test(id)) await essential(Promise.reject(new ApiProblem(404, 'not_found')));
  const comments = optional(queryClient.prefetchInfiniteQuery(commentsQuery(api, id)));
  await essential(queryClient.ensureQueryData(postQuery(api, id)));
  await comments;
}

/** Another spelling of a name leads to the page itself. */
type Moved = { name: string } | null;

export async function loadProfile(
  { api, queryClient, essential, optional }: LoaderTools,
  name: string,
  { after }: ListSearch,
): Promise<Moved> {
  const posts = optional(queryClient.prefetchInfiniteQuery(personPostsQuery(api, name, after)));
  const { username } = await essential(queryClient.ensureQueryData(personQuery(api, name)));
  if (username !== name) return { name: username };
  await posts;
  return null;
}

export async function loadTicker(
  { api, queryClient, essential, optional }: LoaderTools,
  symbol: string,
  { after }: ListSearch,
): Promise<Moved> {
  const posts = optional(queryClient.prefetchInfiniteQuery(tickerPostsQuery(api, symbol, after)));
  const ticker = await essential(queryClient.ensureQueryData(tickerQuery(api, symbol)));
  if (ticker.symbol !== symbol) return { name: ticker.symbol };
  await posts;
  return null;
}

export async function loadHashtag(
  { api, queryClient, essential, optional }: LoaderTools,
  tag: string,
  { after }: ListSearch,
): Promise<Moved> {
  const posts = optional(queryClient.prefetchInfiniteQuery(hashtagPostsQuery(api, tag, after)));
  const { key } = await essential(queryClient.ensureQueryData(hashtagQuery(api, tag)));
  if (key !== tag) return { name: key };
  await posts;
  return null;
}

export function loadFind({ api, queryClient, optional }: LoaderTools, { q, kind }: FindSearch): Promise<void> {
  // A browser asks by itself: the page is shown while it searches.
  if (!q || typeof window !== 'undefined') return Promise.resolve();
  if (kind === 'posts') return optional(queryClient.prefetchInfiniteQuery(foundPostsQuery(api, q)));
  if (kind === 'groups') return optional(queryClient.prefetchInfiniteQuery(foundGroupsQuery(api, q)));
  return optional(
    kind ? queryClient.prefetchQuery(foundNamesQuery(api, q, kind)) : queryClient.prefetchQuery(foundQuery(api, q)),
  );
}

export const loadGroups = ({ api, queryClient, optional }: LoaderTools): Promise<void> =>
  optional(queryClient.prefetchInfiniteQuery(groupsQuery(api)));

export async function loadGroup(
  { api, queryClient, essential, optional }: LoaderTools,
  slug: string,
  { after }: ListSearch,
): Promise<void> {
  const posts = optional(queryClient.prefetchInfiniteQuery(groupPostsQuery(api, slug, after)));
  await essential(queryClient.ensureQueryData(groupQuery(api, slug)));
  await posts;
}
