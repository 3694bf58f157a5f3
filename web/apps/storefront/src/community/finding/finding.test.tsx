import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ADA, COMMUNITY, GROUP, LIN, listed, POST, TICKER } from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';
import { parseFindSearch } from './search.ts';

const PERSON = { ...LIN, bio: '写茶，也写市场。', is_private: true, follower_count: 12, is_followed: true };
const TEA_POST = {
  id: POST.id,
  author: ADA,
  text: POST.text,
  entities: POST.entities,
  language: 'en',
  sentiment: 'bearish',
  content_warning: null as string | null,
  visibility: 'public',
  published_at: POST.published_at,
  imported_at: null,
  stats: { reactions: 3, comments: 2, reposts: 0, quotes: 0 },
};
const OTHER = { ...TEA_POST, id: 'p-2', text: 'Far down', entities: [], sentiment: null, content_warning: 'Losses' };

const { symbol, market, name, name_zh } = TICKER;
const ALL = {
  users: { items: [PERSON] },
  tickers: { items: [{ symbol, market, name, name_zh, is_followed: true }] },
  hashtags: { items: [{ key: 'earnings', name: 'Earnings', is_followed: false }] },
  posts: { items: [TEA_POST], exact: true, next_cursor: null as string | null },
  products: null,
};
const NONE = {
  ...ALL,
  users: { items: [] },
  tickers: { items: [] },
  hashtags: { items: [] },
  posts: { items: [], exact: true, next_cursor: null },
};

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  'GET /search': ALL,
  'GET /groups': listed(GROUP),
  'GET /search/suggestions': listed(
    { kind: 'ticker', key: 'AAPL', text: 'Apple' },
    { kind: 'product', key: 'pot', text: 'Pot' },
  ),
  ...more,
});
const searches = (calls: readonly Call[]) => calls.filter(({ path }) => path === '/search');

test.each(['/find?q=tea', '/en/find?q=tea'])('%s has the first few of each kind', async (address) => {
  const calls = stubApi(answers());
  await openPage(address);
  expect(await main().findByRole('link', { name: '#Earnings' })).toBeTruthy();
  expect(
    main()
      .getByRole('link', { name: /AAPL (苹果|Apple)/ })
      .getAttribute('href'),
  ).toMatch(/\/t\/AAPL$/);
  expect(main().getByText('写茶，也写市场。')).toBeTruthy();
  expect(main().getByRole('link', { name: 'Tea' })).toBeTruthy();
  expect(main().getByText(/看跌|Bearish/)).toBeTruthy();
  expect(searches(calls)[0]?.query.get('type')).toBe('users,tickers,hashtags,posts');
  expect(document.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
  await expectAccessible();
});

test('the page asks what to look for, suggests while one writes, and keeps the kind', async () => {
  const calls = stubApi(answers());
  const { router } = await openPage('/en/find?kind=people');
  const field = await main().findByRole<HTMLInputElement>('combobox', { name: 'What you look for' });
  await expectAccessible();
  fireEvent.compositionEnd(field, { target: { value: '苹' } });
  await waitFor(() => expect(field.list?.options[0]?.value).toBe('Apple'));
  expect(field.list?.options).toHaveLength(1);
  expect(calls.at(-1)?.query.get('q')).toBe('苹');
  await userEvent.clear(field);
  await userEvent.type(field, ' tea {Enter}');
  await waitFor(() => expect(router.state.location.searchStr).toBe('?q=tea&kind=people'));
  expect(await main().findByText('写茶，也写市场。')).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.click(main().getByRole('button', { name: 'Search' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe('?kind=people'));
});

test('posts come page by page, and what only comes near is said to', async () => {
  stubApi(
    answers({
      'GET /search': ({ query }: Call) =>
        query.get('cursor')
          ? { ...NONE, posts: { items: [OTHER], exact: false, next_cursor: null } }
          : { ...NONE, posts: { items: [TEA_POST], exact: false, next_cursor: 'more' } },
    }),
  );
  await openPage('/en/find?q=tea&kind=posts');
  expect(await main().findByText(/this comes near/)).toBeTruthy();
  await userEvent.click(main().getByRole('button', { name: /more/i }));
  expect(await main().findByText('Losses')).toBeTruthy();
  await expectAccessible();
});

test.each([
  ['people', /12 followers · For followers only · You follow this/],
  ['tickers', 'Apple'],
  ['tags', '#Earnings'],
  ['groups', 'From leaf to cup'],
])('%s have an address of their own', async (kind, words) => {
  stubApi(answers());
  await openPage(`/en/find?q=tea&kind=${kind}`);
  expect(await main().findByText(words)).toBeTruthy();
  await expectAccessible();
});

test('as many as the API gives are not said to be all', async () => {
  const items = Array.from({ length: 50 }, (_, index) => ({ key: `t${index}`, name: `T${index}`, is_followed: false }));
  stubApi(answers({ 'GET /search': { ...NONE, hashtags: { items } } }));
  await openPage('/en/find?q=tt&kind=tags');
  expect(await main().findByText(/These are the first 50/)).toBeTruthy();
});

test.each(['', '&kind=posts', '&kind=people', '&kind=groups'])('nothing found says what to do (%s)', async (kind) => {
  stubApi(answers({ 'GET /search': NONE, 'GET /groups': listed() }));
  await openPage(`/en/find?q=qqqq${kind}`);
  expect(await main().findByText('Nothing found')).toBeTruthy();
});

test.each(['', '&kind=posts', '&kind=tags'])('too few letters are no error (%s)', async (kind) => {
  stubApi(answers({ 'GET /search': () => problem(422, 'query_too_short') }));
  await openPage(`/en/find?q=a${kind}`);
  expect(await main().findByText(/Please write a little more/)).toBeTruthy();
});

test('a search that fails says so, and is tried again', async () => {
  const refusals = [problem(500, 'internal')];
  stubApi(answers({ 'GET /search': () => refusals.pop() ?? ALL }));
  await openPage('/en/find?q=tea');
  await userEvent.click(await main().findByRole('button', { name: 'Try again' }));
  expect(await main().findByRole('link', { name: '#Earnings' })).toBeTruthy();
});

test('what was found for nobody is asked for again for who is signed in', async () => {
  const calls = stubApi({ ...answers(), ...signedIn() });
  await openPage('/en/find?q=tea&kind=tickers');
  await main().findByText('AAPL');
  await waitFor(() => expect(searches(calls).length).toBeGreaterThan(1));
});

test('the feed, the groups and the search for products lead here', async () => {
  stubApi(answers());
  const { router } = await openPage('/en/search?q=tea');
  await userEvent.click(await main().findByRole('link', { name: 'Look for it in the community' }));
  await waitFor(() => expect(router.state.location.publicHref).toBe('/en/find?q=tea'));
  await userEvent.click(await main().findByRole('link', { name: 'Look for products' }));
  await waitFor(() => expect(router.state.location.publicHref).toBe('/en/search?q=tea'));
  await router.navigate({ to: '/groups' });
  await userEvent.click(await main().findByRole('link', { name: 'Search the community' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/find'));
});

test('an address has one form', () => {
  expect(parseFindSearch({ q: '  tea ', kind: 'people', x: '1' })).toEqual({ q: 'tea', kind: 'people' });
  expect(parseFindSearch({ q: '茶'.repeat(200), kind: 'all' })).toEqual({ q: '茶'.repeat(100) });
  expect(parseFindSearch({ q: ' ' })).toEqual({});
});
