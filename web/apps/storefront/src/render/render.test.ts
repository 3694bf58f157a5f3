// @vitest-environment node
import { type Answers, type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { beforeEach, expect, test, vi } from 'vitest';
import { handler } from '../entry-render.tsx';
import { PRODUCT, SHOP } from '../testing/fixtures.ts';

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
    'cache-tag': 'web,catalog',
    'cache-control': 'public, max-age=60, s-maxage=3600',
    'content-language': 'en',
  });
  expect(calls[0]?.headers.get('x-origin-secret')).toBe('secret');
  expect(calls[0]?.headers.get('x-forwarded-for')).toBe('203.0.113.7');
});

test('the files of a page that is loaded lazily are named early', async () => {
  shop();
  expect((await get('/')).body).toContain('<link rel="modulepreload" href="/assets/HomePage-1.js">');
});

test('no answer sets a cookie, and none has a script of its own', async () => {
  shop();
  for (const address of ['/', '/en/c/kitchen', '/search?q=pot', '/nowhere', '/robots.txt']) {
    const { headers, body } = await get(address);
    expect(Object.keys(headers)).not.toContain('set-cookie');
    expect(body).not.toMatch(/<script(?![^>]*(src=|type="application\/(ld\+)?json"))/);
  }
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
  ['/p/gone', 410],
])('%s answers %i without canonical', async (address, status) => {
  shop({ ...SHOP, 'GET /products/gone': () => problem(410, 'product_gone') });
  const { statusCode, headers, body } = await get(address);
  expect(statusCode).toBe(status);
  expect(body).toContain('content="noindex"');
  expect(body).not.toContain('canonical');
  expect(headers['cache-control']).toContain('s-maxage=60');
});

test('a page whose subject does not load is 503 and is not cached', async () => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  shop({ ...SHOP, 'GET /products/clay-pot': () => problem(503, 'temporarily_unavailable') });
  const { statusCode, headers } = await get('/p/clay-pot');
  expect(statusCode).toBe(503);
  expect(headers['cache-control']).toBe('no-store');
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
        ? { items: [{ slug: 'gaiwan' }], next_cursor: null }
        : { items: [{ slug: 'clay-pot' }], next_cursor: 'second' },
  });
  expect((await get('/sitemap.xml')).body).toContain('<loc>https://shop.example/sitemaps/products.xml</loc>');
  const products = await get('/sitemaps/products.xml');
  expect(products.headers['content-type']).toContain('xml');
  expect(products.body).toContain('<loc>https://shop.example/en/p/gaiwan</loc>');
  expect((await get('/sitemaps/products.xml?after=second')).body).not.toContain('clay-pot');
  const pages = await get('/sitemaps/pages.xml');
  expect(pages.body).toContain('<loc>https://shop.example/c/tea</loc>');
  expect(pages.body).toContain('<loc>https://shop.example/en/legal/terms</loc>');
});

test('HEAD has no body, and nothing is written here', async () => {
  shop();
  expect((await get('/', 'HEAD')).body).toBe('');
  expect((await get('/', 'POST')).statusCode).toBe(405);
});
