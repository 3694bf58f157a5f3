import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expect, test, vi } from 'vitest';
import { createApi, take } from './client.ts';
import { pick } from './pick.ts';
import { ApiProblem, asProblem } from './problem.ts';

test('an answer is its body', async () => {
  stubApi({ 'GET /categories': { items: [] } });
  await expect(take(createApi().GET('/api/v1/categories'))).resolves.toEqual({ items: [] });
});

test('a refusal is a problem with its code, fields and pause', async () => {
  const errors = [{ field: 'body.email', message: 'no' }];
  stubApi({ 'GET /categories': () => problem(429, 'rate_limited', { errors }, { 'retry-after': '30' }) });
  const refused = await take(createApi().GET('/api/v1/categories')).catch(asProblem);
  expect(refused).toMatchObject({
    status: 429,
    code: 'rate_limited',
    correlationId: 'c-1',
    retryAfter: 30,
    fields: errors,
  });
});

test('an answer that is no problem document is a problem of its status', async () => {
  stubApi({ 'GET /categories': () => new Response('<h1>Bad gateway</h1>', { status: 502 }) });
  const refused = await take(createApi().GET('/api/v1/categories')).catch(asProblem);
  expect(refused).toMatchObject({ status: 502, code: 'unknown', fields: [] });
});

test('silence is a problem without a status', async () => {
  vi.stubGlobal('fetch', () => Promise.reject(new TypeError('network')));
  const refused = await take(createApi().GET('/api/v1/categories')).catch(asProblem);
  expect(refused).toMatchObject({ status: 0, code: 'offline', isMissing: false });
});

test('404 and 410 are missing', () => {
  expect(new ApiProblem(404, 'x').isMissing).toBe(true);
  expect(new ApiProblem(410, 'x').isMissing).toBe(true);
});

test('sparse fields are a text for the API', () => {
  expect(pick<{ id: string; slug: string; name: string }>()('id', 'slug').fields).toBe('id,slug');
});

test('a call has its path, its query without what is not given, its headers and its body', async () => {
  const calls = stubApi({ 'PUT /cart/items/*': {}, 'GET /products': {} });
  const api = createApi({ origin: 'http://api.example' });
  const params = { path: { item_id: 'a/b' }, header: { 'x-cart-token': 'token' } };
  await api.PUT('/api/v1/cart/items/{item_id}', { params, body: { quantity: 2 } });
  expect(calls[0]).toMatchObject({ path: '/cart/items/a%2Fb', body: { quantity: 2 } });
  expect(calls[0]?.headers.get('x-cart-token')).toBe('token');
  await api.GET('/api/v1/products', { params: { query: { tag: 'a b', vendor: null } } });
  expect(calls[1]?.query.toString()).toBe('tag=a+b');
});

test('a fault of the page is not taken for the network’s, and is told', () => {
  const told = vi.fn();
  vi.stubGlobal('reportError', told);
  const fault = new TypeError('items.filter is not a function');
  expect(asProblem(fault)).toMatchObject({ status: 500, code: 'unknown' });
  expect(told).toHaveBeenCalledWith(fault);
  expect(asProblem(new TypeError('Failed to fetch dynamically imported module')).status).toBe(0);
  expect(told).toHaveBeenCalledTimes(1);
});
