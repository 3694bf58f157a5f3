import { take } from '@sharestack/api/client.ts';
import { LOCALES, pathIn } from '@sharestack/i18n/locale.tsx';
import { escapeHtml } from '@sharestack/ui/head.ts';
import { LEGAL_PAGES } from '../shell/routes.tsx';
import { type ServerApi, serverApi } from './apiCalls.ts';
import type { PageAnswer, PageRequest } from './lambda.ts';
import { settings } from './settings.ts';

const LIMIT = 100;
/** Of products in one file; each is two addresses, and a file may hold 50,000. */
const PER_FILE = 10_000;
const CACHED = 'public, max-age=3600, s-maxage=21600';

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function robots(): PageAnswer {
  const hidden = ['/api/', '/admin', '/studio', '/_local/'];
  const personal = ['/cart', '/checkout', '/account', '/orders', '/sign-in', '/register'];
  const rules = [...hidden, ...LOCALES.flatMap((locale) => personal.map((path) => pathIn(locale, path)))];
  const lines = [
    'User-agent: *',
    ...rules.map((path) => `Disallow: ${path}`),
    '',
    `Sitemap: ${settings.siteOrigin}/sitemap.xml`,
  ];
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': CACHED, 'cache-tag': 'web' },
    body: `${lines.join('\n')}\n`,
  };
}

/** `/sitemap.xml` lists the files; `/sitemaps/pages.xml` has what is not a product, `/sitemaps/products.xml?after=` those. */
export async function sitemap({ path, query, forwardedFor }: PageRequest): Promise<PageAnswer> {
  const server = serverApi(forwardedFor);
  const body =
    path === '/sitemaps/pages.xml'
      ? await pagesFile(server)
      : path === '/sitemaps/products.xml'
        ? await productsFile(server, new URLSearchParams(query).get('after'))
        : await index(server);
  return {
    status: 200,
    headers: {
      'content-type': 'application/xml; charset=utf-8',
      'cache-control': CACHED,
      'cache-tag': [...server.tags].join(','),
    },
    body: HEADER + body,
  };
}

/** Goes through the catalogue by cursor, ids only: a file begins where the one before ended. */
async function* productPages({ api }: ServerApi, after: string | null) {
  let cursor = after;
  do {
    const { items, next_cursor } = await take(
      api.GET('/api/v1/products', {
        params: { query: { sort: 'newest', limit: LIMIT, cursor, fields: 'slug' } },
      }),
    );
    cursor = next_cursor ?? null;
    yield { slugs: items.map(({ slug }) => slug), cursor };
  } while (cursor);
}

async function index(server: ServerApi): Promise<string> {
  const files = ['/sitemaps/pages.xml', '/sitemaps/products.xml'];
  let count = 0;
  for await (const { slugs, cursor } of productPages(server, null)) {
    count += slugs.length;
    if (cursor && count % PER_FILE === 0) files.push(`/sitemaps/products.xml?after=${encodeURIComponent(cursor)}`);
  }
  const entries = files.map((file) => `<sitemap><loc>${escapeHtml(settings.siteOrigin + file)}</loc></sitemap>`);
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`;
}

async function productsFile(server: ServerApi, after: string | null): Promise<string> {
  const paths: string[] = [];
  for await (const { slugs } of productPages(server, after)) {
    paths.push(...slugs.map((slug) => `/p/${encodeURIComponent(slug)}`));
    if (paths.length >= PER_FILE) break;
  }
  return urlset(paths);
}

interface Branch {
  slug: string;
  children: readonly Branch[];
}

async function pagesFile({ api }: ServerApi): Promise<string> {
  const { items } = await take(api.GET('/api/v1/categories'));
  const slugs = (branches: readonly Branch[]): string[] =>
    branches.flatMap(({ slug, children }) => [slug, ...slugs(children)]);
  return urlset([
    '/',
    '/search',
    ...slugs(items).map((slug) => `/c/${encodeURIComponent(slug)}`),
    ...LEGAL_PAGES.map((name) => `/legal/${name}`),
  ]);
}

function urlset(paths: readonly string[]): string {
  const address = (path: string) => escapeHtml(settings.siteOrigin + path);
  const entries = paths.flatMap((path) => {
    const links = LOCALES.map(
      (locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${address(pathIn(locale, path))}"/>`,
    ).join('');
    return LOCALES.map((locale) => `<url><loc>${address(pathIn(locale, path))}</loc>${links}</url>`);
  });
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${entries.join('')}</urlset>`;
}
