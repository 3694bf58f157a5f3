import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { another, COMMENT, COMMUNITY, LIN, listed, POLL, POST, POST_ID, THREAD } from '../testing/community.ts';
import { main } from '../testing/forms.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn } from '../testing/signedIn.ts';

const path = (link: HTMLElement) => new URL((link as HTMLAnchorElement).href).pathname;
const ADDRESS = `/en/posts/${POST_ID}`;
/** How often a page of the feed was asked for; looking what is new asks for places alone. */
const pagesAsked = (calls: readonly Call[]) =>
  calls.filter(({ path: asked, query }) => asked === '/feed' && !query.has('fields')).length;

test.each([
  ['/feed', '动态'],
  ['/en/feed', 'Feed'],
])('%s shows posts, with what leads somewhere as links', async (address, title) => {
  stubApi(COMMUNITY);
  await openPage(address);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe(title);
  const post = within(await main().findByRole('article'));
  const base = address.startsWith('/en') ? '/en' : '';
  expect(path(post.getByRole('link', { name: '$AAPL' }))).toBe(`${base}/t/AAPL`);
  expect(decodeURIComponent(path(post.getByRole('link', { name: '@林间' })))).toBe(`${base}/@林间`);
  expect(path(post.getByRole('link', { name: '#earnings' }))).toBe(`${base}/tag/earnings`);
  expect(post.getByRole('link', { name: 'https://example.com/a' }).getAttribute('rel')).toContain('nofollow');
  expect(post.getByText(base ? 'Bullish' : '看涨')).toBeTruthy();
  expect(post.getByText('林间小筑')).toBeTruthy();
  expect(post.queryByRole('button')).toBeNull();
  await expectAccessible();
});

test('the tabs of the feed are in the address, and what one follows needs somebody', async () => {
  const calls = stubApi(COMMUNITY);
  const { router } = await openPage('/en/feed');
  const tabs = () => within(main().getByRole('navigation', { name: 'Which posts' }));
  expect(tabs().getByRole('link', { name: 'All' }).getAttribute('aria-current')).toBe('page');
  await userEvent.click(tabs().getByRole('link', { name: 'Hot' }));
  await waitFor(() => expect(calls.at(-1)?.query.get('order')).toBe('hot'));
  expect(router.state.location.searchStr).toBe('?tab=hot');
  await userEvent.click(tabs().getByRole('link', { name: 'Following' }));
  expect(await main().findByText('Sign in to see what you follow')).toBeTruthy();
  await expectAccessible();
});

test('who is signed in sees what they follow, and finds the way to everybody where that is nothing', async () => {
  const calls = stubApi({ ...COMMUNITY, ...signedIn(), 'GET /feed': listed() });
  const { router } = await openPage('/en/feed');
  expect(await main().findByText('Nothing here yet')).toBeTruthy();
  expect(
    calls
      .filter(({ path: asked }) => asked === '/feed')
      .at(-1)
      ?.query.get('scope'),
  ).toBe('following');
  await userEvent.click(main().getByRole('link', { name: 'See what everybody posts' }));
  expect(await main().findByText('No posts yet')).toBeTruthy();
  expect(router.state.location.searchStr).toBe('?tab=all');
});

test('the feed grows by pages, of which ten are held, and one can go back', async () => {
  const page = (number: number) => ({
    items: [another(number * 2), another(number * 2 + 1)],
    next_cursor: number < 11 ? String(number + 1) : null,
  });
  stubApi({
    ...COMMUNITY,
    'GET /feed': ({ query }: { query: URLSearchParams }) => page(Number(query.get('cursor') ?? 0)),
  });
  await openPage('/en/feed');
  await main().findByText('Post 1');
  for (let number = 1; number < 12; number += 1) {
    await userEvent.click(main().getByRole('link', { name: 'More posts' }));
    await main().findByText(`Post ${number * 2}`);
  }
  expect(main().getAllByRole('article')).toHaveLength(20);
  expect(main().queryByText('Post 1')).toBeNull();
  expect(main().queryByRole('link', { name: 'More posts' })).toBeNull();
  await userEvent.click(main().getByRole('button', { name: 'Back to earlier pages' }));
  expect(await main().findByText('Post 2')).toBeTruthy();
  expect(main().getAllByRole('article')).toHaveLength(20);
});

test('a feed that fails can be tried again, with the id of the problem', async () => {
  let isDown = true;
  stubApi({ ...COMMUNITY, 'GET /feed': () => (isDown ? problem(503, 'temporarily_unavailable') : listed(POST)) });
  await openPage('/en/feed');
  expect((await main().findByRole('alert')).textContent).toContain('c-1');
  isDown = false;
  await userEvent.click(main().getByRole('button', { name: 'Try again' }));
  expect(await main().findByRole('article')).toBeTruthy();
});

test.each([`/posts/${POST_ID}`, ADDRESS])('%s shows a post with its thread and tells what it is', async (address) => {
  stubApi(COMMUNITY);
  await openPage(address);
  expect(await main().findByText('短期有压力')).toBeTruthy();
  expect(main().getByText('For how long?')).toBeTruthy();
  expect(main().getByText(/Its author has deleted this comment|评论已由作者删除/)).toBeTruthy();
  const data = document.head.querySelector('script[type="application/ld+json"]')?.textContent ?? '';
  expect(JSON.parse(data)).toMatchObject({
    '@type': 'DiscussionForumPosting',
    author: { name: 'Ada Hughes', alternateName: '@ada' },
    datePublished: '2026-11-20T08:00:00Z',
  });
  expect(document.title).toContain('Ada Hughes');
  expect(document.head.querySelector('link[rel=canonical]')?.getAttribute('href')).toContain(address);
  await expectAccessible();
});

test('answers and comments come page by page', async () => {
  const later = { ...COMMENT, id: 'later', text: 'A later reply', depth: 2, reply_count: 0, replies: listed() };
  stubApi({
    ...COMMUNITY,
    [`GET /posts/${POST_ID}/comments`]: ({ query }: { query: URLSearchParams }) =>
      query.get('cursor')
        ? { ...THREAD, items: [{ ...COMMENT, id: 'second', text: 'The second page', replies: listed() }] }
        : { ...THREAD, next_cursor: 'second' },
    'GET /comments/*/replies': listed(later),
  });
  await openPage(ADDRESS);
  await userEvent.click(await main().findByRole('button', { name: 'Show 2 replies' }));
  expect(await main().findByText('A later reply')).toBeTruthy();
  await userEvent.click(main().getByRole('button', { name: 'More comments' }));
  expect(await main().findByText('The second page')).toBeTruthy();
});

test('warnings cover what they warn of; pictures are described, polls tell their results, quotes stand inside', async () => {
  const picture = { ...LIN.picture, alt: 'A chart of the week', media_id: 'm-1', width: 800, height: 400 };
  const quoted = { post: { ...another(7), quoted: { post: null } } };
  stubApi({
    ...COMMUNITY,
    [`GET /posts/${POST_ID}`]: {
      ...POST,
      content_warning: 'Losses',
      media: [picture, { ...picture, media_id: 'm-2', alt: '' }],
      poll: { ...POLL, vote: 0 },
      quoted,
      edited_at: '2026-11-21T08:00:00Z',
      group: { id: 'g-1', slug: 'tea', name: 'Tea', is_pinned: true, is_locked: false, is_closed: false },
      flair: { id: 'f-1', name: 'Question' },
      hidden: { at: '2026-11-22T08:00:00Z', reason: 'It tells people to buy.' },
    },
  });
  await openPage(ADDRESS);
  const summary = main().getByText('Losses');
  expect(summary.closest('details')?.open).toBe(false);
  await userEvent.click(summary);
  expect(main().getByRole('img', { name: 'A chart of the week' }).getAttribute('width')).toBe('800');
  expect(main().getByRole('img', { name: 'Picture 2, without a description' })).toBeTruthy();
  expect(within(main().getByRole('region', { name: 'Poll' })).getByText('75 %')).toBeTruthy();
  expect(main().getByText('your vote')).toBeTruthy();
  expect(within(main().getByRole('blockquote', { name: 'Quoted post' })).getByText('Post 7')).toBeTruthy();
  for (const note of ['Edited', 'Pinned', 'Question', /It tells people to buy/])
    expect(main().getByText(note)).toBeTruthy();
  // What is covered is in no search engine's description.
  expect(document.head.querySelector('meta[name=description]')?.getAttribute('content')).toBe('Losses');
  await expectAccessible();
});

test('a post that is gone, and what never was one, are not here', async () => {
  stubApi({ ...COMMUNITY, [`GET /posts/${POST_ID}`]: () => problem(404, 'not_found') });
  await openPage(ADDRESS);
  expect(screen.getByRole('heading', { name: 'This page is not here' })).toBeTruthy();
  document.body.innerHTML = '';
  const calls = stubApi(COMMUNITY);
  await openPage('/en/posts/nothing');
  expect(screen.getByRole('heading', { name: 'This page is not here' })).toBeTruthy();
  expect(calls.some(({ path: asked }) => asked.startsWith('/posts'))).toBe(false);
});

test('new posts wait behind a button', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
  let newest: object[] = [POST];
  stubApi({ ...COMMUNITY, 'GET /feed': () => listed(...newest) });
  await openPage('/en/feed');
  await main().findByRole('article');
  newest = [another(1), another(2), POST];
  await vi.advanceTimersByTimeAsync(40_000);
  const button = await main().findByRole('button', { name: '2 new posts' });
  expect(main().getAllByRole('article')).toHaveLength(1);
  await userEvent.click(button);
  expect(await main().findByText('Post 2')).toBeTruthy();
  expect(main().queryByRole('button', { name: /new posts/ })).toBeNull();
  vi.useRealTimers();
});

test('a cursor of before signing in leads to the first page, by the address and by the button', async () => {
  let isOld = true;
  const calls = stubApi({
    ...COMMUNITY,
    'GET /feed': ({ query }: { query: URLSearchParams }) =>
      query.get('cursor') && isOld
        ? problem(400, 'invalid_cursor')
        : { items: [another(1)], next_cursor: isOld ? 'old' : null },
  });
  const { router } = await openPage('/en/feed?after=old');
  await userEvent.click(await main().findByRole('link', { name: 'Back to the first page' }));
  expect(await main().findByText('Post 1')).toBeTruthy();
  expect(router.state.location.searchStr).toBe('');
  await userEvent.click(main().getByRole('link', { name: 'More posts' }));
  const first = await main().findByRole('link', { name: 'Back to the first page' });
  await expectAccessible();
  isOld = false;
  await userEvent.click(first);
  await waitFor(() => expect(main().queryByRole('link', { name: 'Back to the first page' })).toBeNull());
  expect(await main().findByText('Post 1')).toBeTruthy();
  expect(calls.at(-1)?.query.get('cursor')).toBeNull();
});

test('a list that repeats itself shows each post once, and asks for no page that nobody pressed for', async () => {
  const calls = stubApi({ ...COMMUNITY, 'GET /feed': { items: [another(1), another(2)], next_cursor: 'again' } });
  await openPage('/en/feed');
  await main().findByText('Post 1');
  for (let press = 2; press < 5; press += 1) {
    await userEvent.click(await main().findByRole('link', { name: 'More posts' }));
    await waitFor(() => expect(pagesAsked(calls)).toBe(press));
  }
  expect(main().getAllByRole('article')).toHaveLength(2);
});

test('below an endless list the footer is reached by Tab, and no key but Enter asks for more', async () => {
  const calls = stubApi({ ...COMMUNITY, 'GET /feed': { items: [another(1)], next_cursor: 'further' } });
  await openPage('/en/feed');
  const more = await main().findByRole('link', { name: 'More posts' });
  more.focus();
  for (const key of ['{PageDown}', '{ArrowDown}', '{End}', 'j', 'n']) await userEvent.keyboard(key);
  await userEvent.tab();
  expect(screen.getAllByRole('contentinfo').at(-1)?.contains(document.activeElement)).toBe(true);
  expect(pagesAsked(calls)).toBe(1);
});

test('keys that scroll are the browser’s, and the button of new posts comes before the posts', async () => {
  vi.useFakeTimers({ shouldAdvanceTime: true, toFake: ['setTimeout', 'clearTimeout'] });
  let newest: object[] = [another(1)];
  stubApi({ ...COMMUNITY, 'GET /feed': () => listed(...newest) });
  await openPage('/en/feed');
  const article = await main().findByRole('article');
  for (const key of ['PageDown', 'PageUp', 'ArrowDown', 'ArrowUp', ' ', 'Home', 'End'])
    expect(fireEvent.keyDown(article, { key })).toBe(true);
  newest = [another(2), another(1)];
  await vi.advanceTimersByTimeAsync(40_000);
  const button = await main().findByRole('button', { name: '1 new post' });
  expect(button.compareDocumentPosition(article) & Node.DOCUMENT_POSITION_FOLLOWING).toBeTruthy();
  expect(button.tabIndex).toBe(0);
  vi.useRealTimers();
});

test('going back shows all pages that were read, without asking for them again', async () => {
  const calls = stubApi({
    ...COMMUNITY,
    'GET /feed': ({ query }: { query: URLSearchParams }) => {
      const number = Number(query.get('cursor') ?? 1);
      return { items: [another(number, number === 1 ? { id: POST_ID } : {})], next_cursor: String(number + 1) };
    },
  });
  const { router } = await openPage('/en/feed');
  for (let number = 2; number < 6; number += 1) {
    await userEvent.click(await main().findByRole('link', { name: 'More posts' }));
    await main().findByText(`Post ${number}`);
  }
  await router.navigate({ to: '/posts/$id', params: { id: POST_ID } });
  await main().findByRole('heading', { name: 'Comments' });
  router.history.back();
  expect(await main().findByText('Post 5')).toBeTruthy();
  expect(main().getAllByRole('article')).toHaveLength(5);
  expect(pagesAsked(calls)).toBe(5);
});
