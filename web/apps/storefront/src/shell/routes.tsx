import { createRootRouteWithContext, createRoute, lazyRouteComponent } from '@tanstack/react-router';
import * as catalog from '../catalog/queries.ts';
import { optional } from './prefetch.ts';
import { Root } from './Root.tsx';
import type { RouterContext } from './router.ts';

const root = createRootRouteWithContext<RouterContext>()({
  component: Root,
  loader: ({ context: { api, queryClient } }) => optional(queryClient.prefetchQuery(catalog.categoriesQuery(api))),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyRouteComponent(() => import('../catalog/pages/HomePage.tsx'), 'HomePage'),
  staticData: { module: 'src/catalog/pages/HomePage.tsx' },
  loader: ({ context: { api, queryClient } }) =>
    optional(queryClient.prefetchQuery(catalog.popularQuery(api)), queryClient.prefetchQuery(catalog.newestQuery(api))),
});

export const routeTree = root.addChildren([home]);
