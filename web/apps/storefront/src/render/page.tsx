import { shells } from 'virtual:shell';
import type { Api } from '@sharestack/api/client.ts';
import { type SiteFacts, siteFactsQuery } from '@sharestack/api/siteFacts.ts';
import { basePath, type Locale, localeOf } from '@sharestack/i18n/locale.tsx';
import { escapeHtml, type HeadTag, headHtml, scriptJson } from '@sharestack/ui/head.ts';
import { dehydrate, type QueryClient } from '@tanstack/react-query';
import { createRequestHandler } from '@tanstack/react-router/ssr/server';
import { renderToString } from 'react-dom/server';
import { App } from '../shell/App.tsx';
import { createQueryClient, type ServedState } from '../shell/queryClient.ts';
import { type AppRouter, createAppRouter } from '../shell/router.ts';
import { serverApi } from './apiCalls.ts';
import type { PageAnswer, PageRequest } from './lambda.ts';
import { renderedRoutes } from './routes.ts';
import { settings } from './settings.ts';

const MOVED = 301;
const CACHED = 'public, max-age=60, s-maxage=3600';
const CACHED_SHORTLY = 'public, max-age=10, s-maxage=60';

/** As the API said it last: it stands in where the API does not answer, and such a page is not kept for long. */
let remembered: SiteFacts | undefined;

export async function renderPage({ path, query, forwardedFor }: PageRequest): Promise<PageAnswer> {
  const locale = localeOf(path);
  const { api, tags } = serverApi(forwardedFor);
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { ...queryClient.getDefaultOptions().queries, retry: false } });
  let head: HeadTag[] = [];
  let status = 200;
  let app = '';
  const collect = (next: HeadTag[], answered: number) => {
    head = next;
    status = answered;
  };
  const request = new Request(settings.siteOrigin + path + query);
  let router: AppRouter | undefined;
  let isSiteTold = true;
  const answer = await createRequestHandler({
    request,
    createRouter: () => {
      router = createAppRouter({
        routeTree: renderedRoutes,
        basepath: basePath(locale),
        context: { api, queryClient, locale },
        isServer: true,
      });
      return router;
    },
  })(async ({ router: loaded }) => {
    const { searchStr } = loaded.latestLocation;
    isSiteTold = tellSite(queryClient, api);
    if (searchStr !== query) return new Response(null, { status: MOVED, headers: { location: path + searchStr } });
    app = renderToString(
      <App
        router={loaded as AppRouter}
        api={api}
        queryClient={queryClient}
        locale={locale}
        session={null}
        site={{ origin: settings.siteOrigin, collect }}
      />,
    );
    return new Response();
  });
  const location = answer.headers.get('location');
  if (location) return redirect(location, tags);
  const missing = status === 404 || status === 410 ? status : null;
  const state = JSON.stringify({ ...dehydrate(queryClient), missing } satisfies ServedState);
  queryClient.clear();
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-language': locale,
      'cache-control':
        status === 503 ? 'no-store' : status === 200 && isSiteTold && !isShortLived(router) ? CACHED : CACHED_SHORTLY,
      'cache-tag': [...tags].join(','),
    },
    body: document({ locale, head, app, state, preloads: router ? preloadsOf(router, locale) : [] }),
  };
}

function tellSite(queryClient: QueryClient, api: Api): boolean {
  const { queryKey } = siteFactsQuery(api);
  const told = queryClient.getQueryData(queryKey);
  if (told) remembered = told;
  else if (remembered) queryClient.setQueryData(queryKey, remembered);
  return told !== undefined;
}

const isShortLived = (router: AppRouter | undefined) =>
  router?.state.matches.some(({ staticData }) => staticData?.isShortLived) ?? false;

function redirect(location: string, tags: Set<string>): PageAnswer {
  const { pathname, search } = new URL(location, settings.siteOrigin);
  return {
    status: MOVED,
    headers: { location: pathname + search, 'cache-control': CACHED, 'cache-tag': [...tags].join(',') },
    body: '',
  };
}

function preloadsOf(router: AppRouter, locale: Locale): string[] {
  const modules = router.state.matches.flatMap(({ staticData }) => [
    ...(staticData?.module ? [staticData.module] : []),
    ...(staticData?.loaders ? [staticData.loaders] : []),
  ]);
  return modules.flatMap((module) => shells[locale].chunks[module] ?? []);
}

interface Parts {
  locale: Locale;
  head: HeadTag[];
  app: string;
  state: string;
  preloads: string[];
}

function document({ locale, head, app, state, preloads }: Parts): string {
  const links = preloads.map((file) => `<link rel="modulepreload" href="/${escapeHtml(file)}">`).join('');
  const data = `<script type="application/json" id="state">${scriptJson(state)}</script>`;
  return shells[locale].html
    .replace(/<title>[^<]*<\/title>/, () => headHtml(head))
    .replace('<!--head-->', () => links)
    .replace('<!--app--></div>', () => `${app}</div>${data}`);
}
