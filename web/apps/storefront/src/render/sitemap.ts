import { take } from '@sharestack/api/client.ts';
import { LOCALES, pathIn } from '@sharestack/i18n/locale.tsx';
import { escapeHtml } from '@sharestack/ui/head.ts';
import { LEGAL_PAGES } from '../shell/legalPages.ts';
import { type ServerApi, serverApi } from './apiCalls.ts';
import type { PageAnswer, PageRequest } from './lambda.ts';
import { settings } from './settings.ts';

const LIMIT = 100;
/** Of products in one file; each is two addresses, and a file may hold 50,000. A multiple of `LIMIT`. */
export const PER_FILE = 10_000;
const CACHED = 'public, max-age=3600, s-maxage=21600';

const HEADER = '<?xml version="1.0" encoding="UTF-8"?>\n';

export function robots(): PageAnswer {
  const hidden = ['/api/', '/admin', '/studio', '/_local/'];
  const personal = ['/cart', '/checkout', '/account', '/orders', '/sign-in', '/register', '/compose', '/welcome'];
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

/** A page's path, and when its subject was written last (where somebody knows). */
interface Entry {
  path: string;
  changed?: string;
}

/** Goes through the catalogue by cursor: a file begins where the one before ended. */
async function* productPages({ api }: ServerApi, after: string | null) {
  let cursor = after;
  do {
    const { items, next_cursor } = await take(
      api.GET('/api/v1/products', {
        params: { query: { sort: 'newest', limit: LIMIT, cursor, fields: 'slug,updated_at' } },
      }),
    );
    cursor = next_cursor ?? null;
    yield { products: items, cursor };
  } while (cursor);
}

async function index(server: ServerApi): Promise<string> {
  const files = ['/sitemaps/pages.xml', '/sitemaps/products.xml'];
  let count = 0;
  for await (const { products, cursor } of productPages(server, null)) {
    count += products.length;
    if (cursor && count % PER_FILE === 0) files.push(`/sitemaps/products.xml?after=${encodeURIComponent(cursor)}`);
  }
  const entries = files.map((file) => `<sitemap><loc>${escapeHtml(settings.siteOrigin + file)}</loc></sitemap>`);
  return `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</sitemapindex>`;
}

async function productsFile(server: ServerApi, after: string | null): Promise<string> {
  const entries: Entry[] = [];
  for await (const { products } of productPages(server, after)) {
    entries.push(...products.map(({ slug, updated_at }) => ({ path: pathTo('/p', slug), changed: updated_at })));
    if (entries.length >= PER_FILE) break;
  }
  return urlset(entries);
}

const pathTo = (folder: string, slug: string) => `${folder}/${encodeURIComponent(slug)}`;

interface Branch {
  slug: string;
  updated_at: string;
  children: readonly Branch[];
}

async function pagesFile({ api }: ServerApi): Promise<string> {
  const { items } = await take(api.GET('/api/v1/categories'));
  const entriesOf = (branches: readonly Branch[]): Entry[] =>
    branches.flatMap(({ slug, updated_at, children }) => [
      { path: pathTo('/c', slug), changed: updated_at },
      ...entriesOf(children),
    ]);
  const fixed = ['/', '/search', ...LEGAL_PAGES.map((name) => `/legal/${name}`)];
  return urlset([...fixed.map((path) => ({ path })), ...entriesOf(items)]);
}

function urlset(entries: readonly Entry[]): string {
  const address = (path: string) => escapeHtml(settings.siteOrigin + path);
  const urls = entries.flatMap(({ path, changed }) => {
    const links = LOCALES.map(
      (locale) => `<xhtml:link rel="alternate" hreflang="${locale}" href="${address(pathIn(locale, path))}"/>`,
    ).join('');
    const lastmod = changed ? `<lastmod>${escapeHtml(changed)}</lastmod>` : '';
    return LOCALES.map((locale) => `<url><loc>${address(pathIn(locale, path))}</loc>${lastmod}${links}</url>`);
  });
  return `<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">${urls.join('')}</urlset>`;
}
