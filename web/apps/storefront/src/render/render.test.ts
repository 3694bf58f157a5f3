// @vitest-environment node
import { type Answers, type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../entry-render.tsx';
import { COMMUNITY, GROUP, HASHTAG, LIN, listed, PERSON, POST_ID, TICKER } from '../testing/community.ts';
import { PRODUCT, SHOP } from '../testing/fixtures.ts';
import { PER_FILE } from './sitemap.ts';

const LIN_PART = encodeURIComponent(LIN.username);

beforeEach(() => {
  vi.stubEnv('API_ORIGIN', 'http://api.example');
  vi.stubEnv('SITE_ORIGIN', 'https://shop.example');
  vi.stubEnv('ORIGIN_SECRET', 'secret');
});

/** The answers of a small shop, to a render function that uses `fetch(request, init)`. */
function shop(answers: Answers = SHOP): Call[] {
  return stubApi(answers);
}

const get = (address: string, method = 'GET') => {
  const [rawPath = '/', rawQueryString = ''] = address.split('?');
  return handler({
    rawPath,
    rawQueryString,
    headers: { 'x-forwarded-for': '203.0.113.7' },
    requestContext: { http: { method, sourceIp: '192.0.2.1' } },
  });
};

test('a page comes with its content, its head and its data, and is cached by the tags of the API', async () => {
  const calls = shop();
  const { statusCode, headers, body } = await get('/en/p/clay-pot');
  expect(statusCode).toBe(200);
  expect(body).toContain('<html lang="en">');
  expect(body).toContain('<title data-head>Clay Pot · ShareStack</title>');
  expect(body).toContain('rel="canonical" href="https://shop.example/en/p/clay-pot"');
  expect(body).toContain('Has not cracked yet.');
  expect(body).toContain('<script type="application/json" id="state">');
  expect(headers).toMatchObject({
    'cache-tag': 'web,site,catalog',
    'cache-control': 'public, max-age=60, s-maxage=3600',
    'content-language': 'en',
  });
  expect(calls[0]?.headers.get('x-origin-secret')).toBe('secret');
  expect(calls[0]?.headers.get('x-forwarded-for')).toBe('203.0.113.7');
});

test('a page has the name, the contact and the logo that the API tells, and no other page of the shop stays', async () => {
  const logo = { url: '/media/logo.webp', variants: [{ name: 'thumbnail', url: '/media/logo-thumbnail.webp' }] };
  const facts = { name: 'Kontor', email: 'post@kontor.example', phone: '+49 40 1', address: 'A 1\nHamburg', logo };
  shop({ ...SHOP, 'GET /site': facts });
  const { headers, body } = await get('/en/');
  expect(body).toContain(' · Kontor</title>');
  expect(body).toContain('property="og:site_name" content="Kontor"');
  expect(body).toContain('"name":"Kontor"');
  expect(body).toContain('src="/media/logo-thumbnail.webp"');
  expect(body).toContain('href="mailto:post@kontor.example"');
  expect(body).toContain('href="tel:+49 40 1"');
  expect(headers['cache-control']).toContain('s-maxage=3600');
  // Where the API says nothing of the shop, the page has what it said last, for a minute.
  shop({ ...SHOP, 'GET /site': () => problem(503, 'temporarily_unavailable') });
  const later = await get('/en/');
  expect(later.body).toContain(' · Kontor</title>');
  expect(later.headers['cache-control']).toContain('s-maxage=60');
  shop();
  expect((await get('/en/')).body).toContain(' · ShareStack</title>');
});

test('a legal page is rendered in its language, and one that the API does not have is not there', async () => {
  shop();
  const page = await get('/en/legal/terms');
  expect(page.body).toContain('<title data-head>Terms · ShareStack</title>');
  expect(page.body).toContain('<p>We do.</p>');
  expect((await get('/legal/terms')).body).toContain('<p>本店。</p>');
  shop({ ...SHOP, 'GET /site/legal/*': () => problem(404, 'legal_text_not_found') });
  expect((await get('/en/legal/terms')).statusCode).toBe(404);
});

test('the files of a page that is loaded lazily are named early, and are those of its language', async () => {
  shop();
  expect((await get('/')).body).toContain('<link rel="modulepreload" href="/assets/HomePage-zh.js">');
  expect((await get('/en/')).body).toContain('<link rel="modulepreload" href="/assets/HomePage-en.js">');
});

test('no answer sets a cookie, and none has a script of its own', async () => {
  shop();
  for (const address of ['/', '/en/c/kitchen', '/search?q=pot', '/nowhere', '/robots.txt']) {
    const { headers, body } = await get(address);
    expect(Object.keys(headers)).not.toContain('set-cookie');
    expect(body).not.toMatch(/<script(?![^>]*(src=|type="application\/(ld\+)?json"))/);
  }
});

test('what people talk of is rendered for anybody, kept for a minute, and without what is done there', async () => {
  shop(COMMUNITY);
  const feed = await get('/en/feed');
  expect(feed.headers['cache-control']).toBe('public, max-age=10, s-maxage=60');
  expect(feed.body).toContain(`href="/en/posts/${POST_ID}"`);
  expect(feed.body).toContain('href="/en/t/AAPL"');
  const post = await get(`/en/posts/${POST_ID}`);
  expect(post.body).toContain('DiscussionForumPosting');
  expect(post.body).toContain('For how long?');
  expect(post.body).toContain(`rel="canonical" href="https://shop.example/en/posts/${POST_ID}"`);
  expect(post.body).not.toContain('<textarea');
});

test.each(['', '&kind=posts', '&kind=people', '&kind=groups'])(
  'a search of the community is served (%s)',
  async (kind) => {
    const none = { items: [] };
    const found = { ...none, items: [{ ...LIN, bio: '', is_private: false, follower_count: 1, is_followed: false }] };
    const calls = shop({
      ...COMMUNITY,
      'GET /search': {
        users: found,
        tickers: none,
        hashtags: none,
        posts: { ...none, exact: true, next_cursor: null },
      },
      'GET /groups': listed(),
    });
    const { statusCode, headers, body } = await get(`/en/find?q=lin${kind}`);
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('public, max-age=10, s-maxage=60');
    expect(body).toContain('name="robots" content="noindex"');
    expect(body).toContain(kind === '' || kind === '&kind=people' ? LIN.display_name : 'Nothing found');
    expect(calls.some(({ query }) => query.get('q') === 'lin')).toBe(true);
  },
);

test('who comes without scripts reads the next page of a feed at its address', async () => {
  const calls = shop({ ...COMMUNITY, 'GET /feed': { ...COMMUNITY['GET /feed'], next_cursor: 'further' } });
  expect((await get('/en/feed')).body).toContain('href="/en/feed?after=further"');
  const further = await get('/en/feed?after=further');
  expect(calls.at(-1)?.query.get('cursor')).toBe('further');
  expect(further.body).toContain('content="noindex"');
});

test('what people wrote cannot end the script that holds it', async () => {
  shop({ ...SHOP, 'GET /products/clay-pot': { ...PRODUCT, name: '</script><script>alert(1)</script>' } });
  const { body } = await get('/p/clay-pot');
  expect(body).not.toContain('<script>alert(1)');
});

test.each([
  ['/nowhere', 404],
  ['/p/unknown', 404],
  ['/c/unknown', 404],
  ['/posts/nothing', 404],
  ['/@nobody', 404],
  ['/t/NONE', 404],
  ['/groups/none', 404],
  ['/p/gone', 410],
])('%s answers %i without canonical', async (address, status) => {
  shop({ ...SHOP, 'GET /products/gone': () => problem(410, 'product_gone') });
  const { statusCode, headers, body } = await get(address);
  expect(statusCode).toBe(status);
  expect(body).toContain('content="noindex"');
  expect(body).not.toContain('canonical');
  expect(body).not.toContain('hreflang="zh-CN" href');
  // The browser asks for nothing again.
  expect(body).toContain(`"missing":${status}`);
  expect(headers['cache-control']).toContain('s-maxage=60');
});

test.each([
  ['trouble', () => problem(503, 'temporarily_unavailable')],
  ['too many requests', () => problem(429, 'rate_limited', {}, { 'retry-after': '7' })],
  ['silence', () => Promise.reject(new TypeError('the deadline has passed'))],
])(
  'a page whose subject does not load for %s is 503, which CloudFront answers with the shell, and is not cached',
  async (_, answer) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    shop({ ...SHOP, 'GET /products/clay-pot': answer });
    const { statusCode, headers } = await get('/p/clay-pot');
    expect(statusCode).toBe(503);
    expect(headers['cache-control']).toBe('no-store');
  },
);

test.each([
  ['/', '/'],
  ['/en/', '/en/'],
  ['/c/tea?sort=price', '/c/tea'],
  ['/en/search?q=pot', '/en/search'],
  ['/p/clay-pot?variant=00000000-0000-4000-8000-000000000001', '/p/clay-pot'],
  ['/en/legal/terms', '/en/legal/terms'],
  ['/en/feed?after=old', '/en/feed'],
  ['/groups', '/groups'],
  ['/en/groups/tea?after=old', '/en/groups/tea'],
  ['/t/AAPL?after=old', '/t/AAPL'],
  ['/en/tag/earnings?after=old', '/en/tag/earnings'],
  [`/@${LIN_PART}?after=old`, `/@${LIN_PART}`],
])('%s is canonical at %s', async (address, canonical) => {
  shop({
    ...COMMUNITY,
    'GET /groups': listed(GROUP),
    'GET /groups/tea': GROUP,
    'GET /tickers/AAPL': TICKER,
    'GET /hashtags/earnings': HASHTAG,
    [`GET /users/${LIN_PART}`]: PERSON,
  });
  const { body } = await get(address);
  expect(body.match(/rel="canonical" href="([^"]*)"/)?.[1]).toBe(`https://shop.example${canonical}`);
});

test('a page that can do without some of its data is served without it', async () => {
  shop({ ...SHOP, 'GET /products/clay-pot/reviews': () => problem(503, 'temporarily_unavailable') });
  const { statusCode, body } = await get('/en/p/clay-pot');
  expect(statusCode).toBe(200);
  expect(body).not.toContain('Has not cracked yet.');
});

test.each([
  ['/search?q=', '/search'],
  ['/en/search?q=pot&utm_source=letter', '/en/search?q=pot'],
  ['/en', '/en/'],
  ['/p/old-pot', '/p/clay-pot'],
  ['/en/p/old-pot', '/en/p/clay-pot'],
  ['/c/cooking', '/c/kitchen'],
  ['/en/c/teaware?vendor=Clayworks&sort=price', '/en/c/tea?vendor=Clayworks&sort=price'],
])('%s moved to %s', async (address, location) => {
  shop({ ...SHOP, 'GET /products/old-pot': PRODUCT });
  const { statusCode, headers } = await get(address);
  expect(statusCode).toBe(301);
  expect(headers.location).toBe(location);
});

test('crawlers are told what is theirs, and where the list is', async () => {
  const { body } = await get('/robots.txt');
  expect(body).toContain('Disallow: /en/cart');
  expect(body).toContain('Sitemap: https://shop.example/sitemap.xml');
});

test('the sitemap has every page in both languages', async () => {
  shop({
    ...SHOP,
    'GET /products': ({ query }: Call) =>
      query.get('cursor')
        ? { items: [{ slug: 'gaiwan', updated_at: '2026-11-02T00:00:00Z' }], next_cursor: null }
        : { items: [{ slug: 'clay-pot', updated_at: '2026-11-01T00:00:00Z' }], next_cursor: 'second' },
  });
  expect((await get('/sitemap.xml')).body).toContain('<loc>https://shop.example/sitemaps/products.xml</loc>');
  const products = await get('/sitemaps/products.xml');
  expect(products.headers['content-type']).toContain('xml');
  expect(products.body).toContain('<loc>https://shop.example/en/p/gaiwan</loc><lastmod>2026-11-02T00:00:00Z</lastmod>');
  expect(products.body).toContain('hreflang="zh-CN" href="https://shop.example/p/gaiwan"');
  expect((await get('/sitemaps/products.xml?after=second')).body).not.toContain('clay-pot');
  const pages = await get('/sitemaps/pages.xml');
  expect(pages.body).toContain('<loc>https://shop.example/c/tea</loc><lastmod>2026-11-20T08:00:00Z</lastmod>');
  expect(pages.body).toContain('<loc>https://shop.example/en/legal/terms</loc>');
});

test('a large catalogue is several files, each as many products as it may have', async () => {
  const pages = PER_FILE / 100 + 1;
  const calls = shop({
    ...SHOP,
    'GET /products': ({ query }: Call) => {
      const page = Number(query.get('cursor') ?? 0);
      const items = Array.from({ length: 100 }, (_, index) => ({
        slug: `pot-${page * 100 + index}`,
        updated_at: '2026-11-01T00:00:00Z',
      }));
      return { items, next_cursor: page + 1 < pages ? String(page + 1) : null };
    },
  });
  const { body } = await get('/sitemap.xml');
  const files = [...body.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, address]) => address);
  expect(files.slice(1)).toEqual([
    'https://shop.example/sitemaps/products.xml',
    `https://shop.example/sitemaps/products.xml?after=${PER_FILE / 100}`,
  ]);
  calls.length = 0;
  const first = (await get('/sitemaps/products.xml')).body;
  expect(first.match(/<loc>/g)).toHaveLength(PER_FILE * 2);
  expect(calls).toHaveLength(PER_FILE / 100);
  const second = (await get(`/sitemaps/products.xml?after=${PER_FILE / 100}`)).body;
  expect(second).toContain(`/p/pot-${PER_FILE}<`);
  expect(second.match(/<loc>/g)).toHaveLength(200);
});

test('HEAD has no body, and nothing is written here', async () => {
  shop();
  expect((await get('/', 'HEAD')).body).toBe('');
  expect((await get('/', 'POST')).statusCode).toBe(405);
});
