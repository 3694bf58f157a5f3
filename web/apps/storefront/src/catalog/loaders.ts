import type { Api } from '@sharestack/api/client.ts';
import type { QueryClient } from '@tanstack/react-query';
import { categoryPath, formerCategory } from './categories.ts';
import { categoriesQuery } from './frame/queries.ts';
import type { ListSearch } from './listSearch.ts';
import { listPageQuery, newestQuery, popularQuery } from './lists/queries.ts';
import { productQuery, recommendationsQuery, reviewsQuery } from './queries.ts';
import type { ReviewSearch } from './reviewSearch.ts';

/** What a page's route has: the shell says what happens to what is missing. */
interface LoaderTools {
  api: Api;
  queryClient: QueryClient;
  /** What the page is about. */
  essential: <T>(query: Promise<T>) => Promise<T>;
  /** What it can do without. */
  optional: (...calls: Promise<void>[]) => Promise<void>;
}

/** Whether the page is here, has moved to another slug, or is not there. */
type Found = { isHere: true } | { movedTo: string } | null;

export const loadHome = ({ api, queryClient, optional }: LoaderTools): Promise<void> =>
  optional(queryClient.prefetchQuery(popularQuery(api)), queryClient.prefetchQuery(newestQuery(api)));

export const loadSearch = ({ api, queryClient, optional }: LoaderTools, search: ListSearch): Promise<void> =>
  optional(queryClient.prefetchQuery(listPageQuery(api, search)));

export async function loadCategory(
  { api, queryClient, essential, optional }: LoaderTools,
  slug: string,
  search: ListSearch,
): Promise<Found> {
  const list = optional(queryClient.prefetchQuery(listPageQuery(api, search, slug)));
  const tree = await essential(queryClient.ensureQueryData(categoriesQuery(api)));
  if (categoryPath(tree.items, slug).length === 0) {
    const moved = formerCategory(tree.items, slug);
    return moved ? { movedTo: moved.slug } : null;
  }
  await list;
  return { isHere: true };
}

export async function loadProduct(
  { api, queryClient, essential, optional }: LoaderTools,
  slug: string,
  search: ReviewSearch,
): Promise<Found> {
  const rest = optional(
    queryClient.prefetchQuery(reviewsQuery(api, slug, search)),
    queryClient.prefetchQuery(recommendationsQuery(api, slug)),
  );
  const found = await essential(queryClient.ensureQueryData(productQuery(api, slug)));
  // An id, or the slug of before: the page has one address.
  if (found.slug !== slug) return { movedTo: found.slug };
  await rest;
  return { isHere: true };
}
