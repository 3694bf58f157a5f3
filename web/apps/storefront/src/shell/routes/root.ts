import { siteFactsQuery } from '@sharestack/api/siteFacts.ts';
import { createRootRouteWithContext } from '@tanstack/react-router';
import { categoriesQuery } from '../../catalog/frame/queries.ts';
import { optional } from '../prefetch.ts';
import { Root } from '../Root.tsx';
import type { RouterContext } from '../router.ts';

export const root = createRootRouteWithContext<RouterContext>()({
  component: Root,
  loader: ({ context: { api, queryClient } }) =>
    optional(queryClient.prefetchQuery(siteFactsQuery(api)), queryClient.prefetchQuery(categoriesQuery(api))),
});
