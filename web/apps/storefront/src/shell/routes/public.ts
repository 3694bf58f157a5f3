import { createRoute, notFound, redirect } from '@tanstack/react-router';
import { parseListSearch } from '../../catalog/listSearch.ts';
import { parseProductSearch } from '../../catalog/reviewSearch.ts';
import { lazyPage } from '../lazyPage.ts';
import { loaderTools } from '../prefetch.ts';
import { root } from './root.ts';

const MOVED = 301;
const LOADERS = 'src/catalog/loaders.ts';
const loaders = () => import('../../catalog/loaders.ts');

const home = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: lazyPage(() => import('../../catalog/pages/HomePage.tsx'), 'HomePage'),
  staticData: { module: 'src/catalog/pages/HomePage.tsx', loaders: LOADERS },
  loader: async ({ context }) => (await loaders()).loadHome(loaderTools(context)),
});

const category = createRoute({
  getParentRoute: () => root,
  path: '/c/$slug',
  component: lazyPage(() => import('../../catalog/pages/CategoryPage.tsx'), 'CategoryPage'),
  staticData: { module: 'src/catalog/pages/CategoryPage.tsx', loaders: LOADERS },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, params: { slug }, deps }) => {
    const found = await (await loaders()).loadCategory(loaderTools(context), slug, deps);
    if (!found) throw notFound({ data: { status: 404 } });
    if ('movedTo' in found) {
      throw redirect({ to: '/c/$slug', params: { slug: found.movedTo }, search: deps, statusCode: MOVED });
    }
  },
});

const search = createRoute({
  getParentRoute: () => root,
  path: '/search',
  component: lazyPage(() => import('../../catalog/pages/SearchPage.tsx'), 'SearchPage'),
  staticData: { module: 'src/catalog/pages/SearchPage.tsx', loaders: LOADERS },
  validateSearch: parseListSearch,
  loaderDeps: ({ search }) => search,
  loader: async ({ context, deps }) => (await loaders()).loadSearch(loaderTools(context), deps),
});

const product = createRoute({
  getParentRoute: () => root,
  path: '/p/$slug',
  component: lazyPage(() => import('../pages/ProductRoute.tsx'), 'ProductRoute'),
  staticData: { module: 'src/shell/pages/ProductRoute.tsx', loaders: LOADERS },
  validateSearch: parseProductSearch,
  loaderDeps: ({ search: { variant: _, ...reviews } }) => reviews,
  loader: async ({ context, params: { slug }, deps }) => {
    const found = await (await loaders()).loadProduct(loaderTools(context), slug, deps);
    if (found && 'movedTo' in found) {
      throw redirect({ to: '/p/$slug', params: { slug: found.movedTo }, statusCode: MOVED });
    }
  },
});

const legal = createRoute({
  getParentRoute: () => root,
  path: '/legal/$name',
  component: lazyPage(() => import('../../legal/pages/LegalPage.tsx'), 'LegalPage'),
  staticData: { module: 'src/legal/pages/LegalPage.tsx' },
  loader: async ({ context, params: { name } }) =>
    (await import('../../legal/pages/LegalPage.tsx')).loadLegalPage(loaderTools(context), name, context.locale),
});

/** Pages of everybody, rendered before they reach the browser. */
export const publicRoutes = [home, category, search, product, legal] as const;
