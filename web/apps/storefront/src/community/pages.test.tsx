import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import {
  ADA,
  COMMUNITY,
  GROUP,
  HASHTAG,
  LIN,
  listed,
  PERSON,
  POST,
  RELATION,
  seen,
  TICKER,
} from '../testing/community.ts';
import { done, main } from '../testing/forms.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn } from '../testing/signedIn.ts';

const jsonLd = () => JSON.parse(document.head.querySelector('script[type="application/ld+json"]')?.textContent ?? '{}');
const sent = (calls: readonly Call[], part: string) =>
  calls.filter(({ path, method }) => path.endsWith(part) && method !== 'GET').map(({ method }) => method);
const LIN_ADDRESS = `/en/@${encodeURIComponent(LIN.username)}`;
const LIN_PATH = `/users/${encodeURIComponent(LIN.username)}`;

const people = (more: object = {}) => ({
  ...COMMUNITY,
  [`GET ${LIN_PATH}`]: PERSON as object,
  [`GET ${LIN_PATH}/posts`]: listed({ ...POST, author: LIN, is_pinned: true }),
  ...more,
});

test.each([`/@${encodeURIComponent(LIN.username)}`, LIN_ADDRESS])('%s says who somebody is', async (address) => {
  stubApi(people());
  await openPage(address);
  expect(screen.getByRole('heading', { level: 1, name: '林间小筑' })).toBeTruthy();
  expect(await main().findByText(/Pinned|置顶/)).toBeTruthy();
  expect(jsonLd()).toMatchObject({ '@type': 'ProfilePage', mainEntity: { name: '林间小筑', alternateName: '@林间' } });
  expect(main().getByRole('link', { name: /Sign in to follow|登录后关注/ })).toBeTruthy();
  await expectAccessible();
});

test('another spelling of a name leads to the page itself', async () => {
  stubApi({ ...COMMUNITY, 'GET /users/*': { ...PERSON, ...ADA }, 'GET /users/*/posts': listed() });
  const { router } = await openPage('/en/@ADA');
  await waitFor(() => expect(router.state.location.pathname).toBe('/@ada'));
  expect(await main().findByText('No posts yet')).toBeTruthy();
});

test('somebody is followed, muted and blocked at once, and a refusal takes it back', async () => {
  const known = { ...PERSON, relation: RELATION };
  const calls = stubApi(
    people({
      ...signedIn(),
      [`GET ${LIN_PATH}`]: known,
      [`PUT /users/${LIN.id}/follow`]: { ...known, relation: { ...RELATION, following: true } },
      [`DELETE /users/${LIN.id}/follow`]: () => problem(403, 'suspended'),
      [`PUT /users/${LIN.id}/mute`]: { ...known, relation: { ...RELATION, muting: true } },
      [`PUT /users/${LIN.id}/block`]: { ...known, relation: { ...RELATION, blocking: true } },
      [`DELETE /users/${LIN.id}/block`]: done,
    }),
  );
  await openPage(LIN_ADDRESS);
  await userEvent.click(await main().findByRole('button', { name: 'Follow' }));
  await userEvent.click(await main().findByRole('button', { name: 'Unfollow' }));
  expect(await main().findByText(/cannot publish anything/)).toBeTruthy();
  expect(main().getByRole('button', { name: 'Unfollow' })).toBeTruthy();
  expect(sent(calls, '/follow')).toEqual(['PUT', 'DELETE']);
  const menu = main().getByLabelText('More actions');
  await userEvent.click(menu);
  await userEvent.click(await main().findByRole('button', { name: 'Mute' }));
  expect(await main().findByText(/You mute this person/)).toBeTruthy();
  await userEvent.click(menu);
  await userEvent.click(await main().findByRole('button', { name: 'Block' }));
  expect(await main().findByText(/neither of you sees the other/)).toBeTruthy();
  expect(main().queryByRole('article')).toBeNull();
  await userEvent.click(await main().findByRole('button', { name: 'Unblock' }));
  expect(await main().findByRole('button', { name: 'Follow' })).toBeTruthy();
});

test('a private account is asked, and shows nothing until it has agreed', async () => {
  const known = { ...PERSON, is_private: true, relation: RELATION };
  const calls = stubApi(
    people({
      ...signedIn(),
      [`GET ${LIN_PATH}`]: known,
      [`PUT /users/${LIN.id}/follow`]: { ...known, relation: { ...RELATION, requested: true } },
    }),
  );
  await openPage(LIN_ADDRESS);
  expect(await main().findByText(/Ask to follow; once they have accepted/)).toBeTruthy();
  await userEvent.click(await main().findByRole('button', { name: 'Follow' }));
  expect(await main().findByRole('button', { name: /Asked to follow/ })).toBeTruthy();
  expect(sent(calls, '/follow')).toEqual(['PUT']);
  expect(document.head.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex');
});

test("one's own page leads to where it is changed", async () => {
  stubApi(people({ ...signedIn(), [`GET ${LIN_PATH}`]: { ...PERSON, id: 'u-1' } }));
  await openPage(LIN_ADDRESS);
  expect(await main().findByRole('link', { name: 'Edit your profile' })).toBeTruthy();
});

test.each(['/t/AAPL', '/en/t/AAPL'])('%s shows what people say of a ticker, in numbers and charts', async (address) => {
  stubApi({ ...COMMUNITY, 'GET /tickers/AAPL': TICKER, 'GET /tickers/AAPL/posts': listed(POST) });
  await openPage(address);
  expect(screen.getByRole('heading', { level: 1, name: 'AAPL' })).toBeTruthy();
  expect(main().getByText(address.startsWith('/en') ? 'Apple' : '苹果')).toBeTruthy();
  expect(main().getByText(/3 bullish|3 条看涨/)).toBeTruthy();
  await userEvent.click(await main().findByText(/Over 30 days|30 天走势/));
  expect(await main().findByRole('figure', { name: /Posts a day|每天的动态数/ })).toBeTruthy();
  expect(main().getByRole('figure', { name: /Bullish and bearish|看涨与看跌/ })).toBeTruthy();
  await expectAccessible();
});

test('tickers and hashtags are followed; the watchlist may be full', async () => {
  const viewer = { is_followed: false, is_watched: false };
  const calls = stubApi({
    ...COMMUNITY,
    ...signedIn(),
    'GET /tickers/AAPL': { ...TICKER, viewer },
    'GET /tickers/AAPL/posts': listed(seen(POST)),
    'PUT /tickers/AAPL/follow': done,
    'DELETE /tickers/AAPL/follow': done,
    'PUT /users/me/watchlist/AAPL': () => problem(409, 'watchlist_full'),
    'GET /hashtags/earnings': { ...HASHTAG, viewer: { is_followed: true } },
    'GET /hashtags/earnings/posts': listed(),
    'DELETE /hashtags/earnings/follow': done,
  });
  const { router } = await openPage('/en/t/AAPL');
  await userEvent.click(await main().findByRole('button', { name: 'Follow' }));
  expect(await main().findByRole('button', { name: 'Unfollow' })).toBeTruthy();
  await userEvent.click(main().getByRole('button', { name: 'Watch' }));
  expect(await main().findByText('Your watchlist is full.')).toBeTruthy();
  expect(main().getByRole('button', { name: 'Watch' })).toBeTruthy();
  await router.navigate({ to: '/tag/$tag', params: { tag: 'earnings' } });
  expect(await screen.findByRole('heading', { level: 1, name: '#Earnings' })).toBeTruthy();
  await userEvent.click(await main().findByRole('button', { name: 'Unfollow' }));
  expect(await main().findByRole('button', { name: 'Follow' })).toBeTruthy();
  expect(sent(calls, '/follow')).toEqual(['PUT', 'DELETE']);
  expect(main().getByText('Nobody has written about this yet')).toBeTruthy();
});

test('names that nothing can have are not here, and symbols have one spelling', async () => {
  stubApi({ ...COMMUNITY, 'GET /hashtags/*': () => problem(422, 'validation_failed') });
  await openPage('/en/tag/..x');
  expect(screen.getByRole('heading', { name: 'This page is not here' })).toBeTruthy();
  document.body.innerHTML = '';
  stubApi({ ...COMMUNITY, 'GET /tickers/*': TICKER, 'GET /tickers/*/posts': listed() });
  const { router } = await openPage('/en/t/aapl');
  await waitFor(() => expect(router.state.location.pathname).toBe('/t/AAPL'));
});

test('groups are listed, and a public one is joined and left', async () => {
  const viewer = { ...GROUP.viewer, membership: 'none' };
  let now: object = { ...GROUP, viewer };
  stubApi({
    ...COMMUNITY,
    ...signedIn(),
    'GET /groups': listed(GROUP),
    'GET /groups/tea': () => now,
    'GET /groups/tea/posts': listed(seen(POST)),
    'PUT /groups/tea/membership': () => {
      now = { ...GROUP, viewer: { ...viewer, membership: 'member' } };
      return now;
    },
    'DELETE /groups/tea/membership': () => problem(409, 'last_owner'),
  });
  await openPage('/en/groups');
  await userEvent.click(await main().findByRole('link', { name: 'Tea' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Tea' })).toBeTruthy();
  await userEvent.click(main().getByText('Rules'));
  expect(main().getByText('Be kind')).toBeTruthy();
  await userEvent.click(await main().findByRole('button', { name: 'Join' }));
  expect(await main().findByText('You are a member')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getByRole('button', { name: 'Leave the group' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Leave this group?' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Leave the group' }));
  expect(await dialog.findByText(/needs at least one owner/)).toBeTruthy();
});

test('a group by request is asked with some words, and its posts are for members', async () => {
  const viewer = { ...GROUP.viewer, membership: 'none', can_read: false };
  let now: object = { ...GROUP, access: 'request', viewer, closed_at: null };
  const calls = stubApi({
    ...COMMUNITY,
    ...signedIn(),
    'GET /groups/tea': () => now,
    'PUT /groups/tea/membership': () => {
      now = { ...GROUP, access: 'request', viewer: { ...viewer, membership: 'requested' } };
      return now;
    },
  });
  await openPage('/en/groups/tea');
  expect(await main().findByText('What is here is for members')).toBeTruthy();
  await userEvent.click(await main().findByRole('button', { name: 'Ask to join' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Ask to join' }));
  const words = dialog.getByLabelText<HTMLTextAreaElement>('What should the moderators know?');
  await userEvent.type(words, 'I grow tea');
  const ask = vi.spyOn(window, 'confirm').mockReturnValueOnce(false);
  await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
  expect(ask).toHaveBeenCalledExactlyOnceWith('What you wrote is not sent. Close all the same?');
  expect(words.value).toBe('I grow tea');
  await userEvent.click(dialog.getByRole('button', { name: 'Send the request' }));
  expect(await main().findByRole('button', { name: 'Withdraw the request' })).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ message: 'I grow tea' });
  expect(main().queryByRole('article')).toBeNull();
});

test('a group says that it is closed, hidden, or not open to somebody', async () => {
  const ban = { reason: 'Shouting', ends_at: null };
  stubApi({
    ...COMMUNITY,
    ...signedIn(),
    'GET /groups/tea': {
      ...GROUP,
      closed_at: '2026-11-20T08:00:00Z',
      hidden_reason: 'Spam',
      viewer: { ...GROUP.viewer, membership: 'invited', ban, can_join: true },
    },
    'GET /groups/tea/posts': listed(),
  });
  await openPage('/en/groups/tea');
  expect(await main().findByText(/This group is closed/)).toBeTruthy();
  expect(main().getByText(/Reason: Spam/)).toBeTruthy();
  expect(main().getByText(/Reason: Shouting/)).toBeTruthy();
  expect(await main().findByRole('button', { name: 'Decline' })).toBeTruthy();
  expect(main().getByText('No posts here yet')).toBeTruthy();
});
