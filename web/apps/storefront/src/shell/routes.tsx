import { createRootRouteWithContext, createRoute, notFound, redirect } from '@tanstack/react-router';
import { categoryPath } from '../catalog/categories.ts';
import { parseListSearch } from '../catalog/listing.ts';
import * as catalog from '../catalog/queries.ts';
import { parseProductSearch } from '../catalog/reviewSearch.ts';
import { parseSignInSearch } from '../identity/nextPath.ts';
import { lazyPage } from './lazyPage.ts';
import { essential, optional } from './prefetch.ts';
import { Root } from './Root.tsx';
import type { RouterContext } from './router.ts';

const MOVED = 301;
export const LEGAL_PAGES = ['imprint', 'terms', 'privacy', 'returns'];

const root = createRootRouteWithContext<RouterContext>()({
  component: Root,
  loader: ({ context: { api, queryClient } }) => optional(queryClient.prefetchQuery(catalog.categoriesQuery(api))),
});

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyPage(() => import('../catalog/pages/HomePage.tsx'), 'HomePage'),
  staticData: { module: 'src/catalog/pages/HomePage.tsx' },
  loader: ({ context: { api, queryClient } }) =>
    optional(queryClient.prefetchQuery(catalog.popularQuery(api)), queryClient.prefetchQuery(catalog.newestQuery(api))),
});

const category = createRoute({
  getParentRoute: () => root,
  path: '/c/$slug',
  component: lazyPage(() => import('../catalog/pages/CategoryPage.tsx'), 'CategoryPage'),
  staticData: { module: 'src/catalog/pages/CategoryPage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context: { api, queryClient }, params: { slug }, deps }) => {
    const list = optional(queryClient.prefetchQuery(catalog.listPageQuery(api, deps, slug)));
    const tree = await essential(queryClient.ensureQueryData(catalog.categoriesQuery(api)));
    if (categoryPath(tree.items, slug).length === 0) throw notFound({ data: { status: 404 } });
    await list;
  },
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazyPage(() => import('../catalog/pages/SearchPage.tsx'), 'SearchPage'),
  staticData: { module: 'src/catalog/pages/SearchPage.tsx' },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ context: { api, queryClient }, deps }) =>
    optional(queryClient.prefetchQuery(catalog.listPageQuery(api, deps))),
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/p/$slug',
  component: lazyPage(() => import('./pages/ProductRoute.tsx'), 'ProductRoute'),
  staticData: { module: 'src/shell/pages/ProductRoute.tsx' },
  validateSearch: parseProductSearch,
  loaderDeps: ({ search: { variant: _, ...reviews } }) => reviews,
  loader: async ({ context: { api, queryClient }, params: { slug }, deps }) => {
    const rest = optional(
      queryClient.prefetchQuery(catalog.reviewsQuery(api, slug, deps)),
      queryClient.prefetchQuery(catalog.recommendationsQuery(api, slug)),
    );
    const found = await essential(queryClient.ensureQueryData(catalog.productQuery(api, slug)));
    // An id, or the slug of before: the page has one address.
    if (found.slug !== slug) throw redirect({ to: '/p/$slug', params: { slug: found.slug }, statusCode: MOVED });
    await rest;
  },
});

const legal = createRoute({
  getParentRoute: () => root,
  path: '/legal/$name',
  component: lazyPage(() => import('../legal/pages/LegalPage.tsx'), 'LegalPage'),
  staticData: { module: 'src/legal/pages/LegalPage.tsx' },
  beforeLoad: ({ params: { name } }) => {
    if (!LEGAL_PAGES.includes(name)) throw notFound();
  },
});

const cart = createRoute({
  getParentRoute: () => root,
  path: '/cart',
  component: lazyPage(() => import('../ordering/pages/CartPage.tsx'), 'CartPage'),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  validateSearch: parseSignInSearch,
  component: lazyPage(() => import('../identity/pages/SignInPage.tsx'), 'SignInPage'),
});

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  validateSearch: parseSignInSearch,
  component: lazyPage(() => import('../identity/pages/RegisterPage.tsx'), 'RegisterPage'),
});

export const routeTree = root.addChildren([home, category, search, product, legal, cart, signIn, register]);
