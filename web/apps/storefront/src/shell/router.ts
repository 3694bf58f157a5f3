import type { Api } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import type { QueryClient } from '@tanstack/react-query';
import { createRouter, type RouterHistory } from '@tanstack/react-router';
import { ErrorPage } from './pages/ErrorPage.tsx';
import { NotFoundPage } from './pages/NotFoundPage.tsx';
import type { routeTree } from './routes.ts';
import { parseSearch, stringifySearch } from './search.ts';

export interface RouterContext {
  api: Api;
  queryClient: QueryClient;
  locale: Locale;
  /** What the server said of this page's subject, until the page is alive: nobody has to ask for it again. */
  served?: { missing: number | null };
}

interface Options {
  routeTree: typeof routeTree;
  basepath: string;
  context: RouterContext;
  history?: RouterHistory;
  isServer?: boolean;
}

export function createAppRouter(options: Options) {
  return createRouter({
    ...options,
    parseSearch,
    stringifySearch,
    // Parameters that no page knows are taken off.
    search: { strict: true },
    // On a server it would write a script into the page, which our content security policy refuses.
    scrollRestoration: !options.isServer,
    trailingSlash: 'never',
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
  });
}

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
  interface StaticDataRouteOption {
    /** The module that is loaded lazily for this page, so that served HTML can name its files. */
    module?: string;
    /** The module that loads its data, where that is lazy as well. */
    loaders?: string;
    /** The page changes by itself, and no tag of the API purges it: caches keep it for a minute. */
    isShortLived?: true;
  }
}
