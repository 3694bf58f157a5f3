import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ADA, another, COMMUNITY, LIN, listed, PERSON, POST, seen, TICKER } from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn, USER } from '../../testing/signedIn.ts';

const { id, symbol, market, name, name_zh } = TICKER;
const TRENDING = { id, symbol, market, name, name_zh, authors: 9, usual_authors: 1, velocity: 9 };

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /users/me': ({ query }: Call) => (query.get('fields') ? { username: 'ada' } : (USER as object)),
  'GET /users/me/interests': { topics: ['pottery', 'tea'] },
  'PUT /users/me/interests': ({ body }: Call) => body as object,
  'GET /tickers/trending': { items: [TRENDING], refreshed_at: null },
  'GET /feed': listed(
    seen({ ...POST, author: LIN }, { follows_author: true }),
    seen(another(2, { author: { ...ADA, id: 'a-2', display_name: 'Bo Lin', username: 'bo' } })),
    seen(another(3), { is_author: true }),
  ),
  ...more,
});
const changes = (calls: readonly Call[]) => calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path));
const button = (label: string | RegExp) => main().findByRole('button', { name: label });

test.each(['/welcome', '/en/welcome'])('%s has interests, tickers and people, and can be left', async (address) => {
  stubApi(answers());
  const { router } = await openPage(address);
  expect(await main().findByRole('heading', { level: 1, name: /@ada/ })).toBeTruthy();
  expect(await button(/^(关注AAPL|Follow AAPL)$/)).toBeTruthy();
  expect(await button(/^(取消关注林间小筑|Unfollow 林间小筑)$/)).toBeTruthy();
  expect(main().queryByText('Ada Hughes')).toBeNull();
  await expectAccessible();
  await userEvent.click(main().getByRole('link', { name: /跳过|Skip/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/feed'));
});

test('interests are saved as they are chosen, one’s own too, and come back where that is refused', async () => {
  const refusals: Response[] = [];
  const calls = stubApi(answers({ 'PUT /users/me/interests': ({ body }: Call) => refusals.pop() ?? (body as object) }));
  await openPage('/en/welcome');
  const coffee = await button('coffee');
  expect((await button('tea')).getAttribute('aria-pressed')).toBe('true');
  await userEvent.click(coffee);
  expect(coffee.getAttribute('aria-pressed')).toBe('true');
  await waitFor(() => expect(changes(calls)).toHaveLength(1));
  expect(changes(calls)[0]?.body).toEqual({ topics: ['pottery', 'tea', 'coffee'] });
  await userEvent.click(await button('tea'));
  await waitFor(() => expect(changes(calls)[1]?.body).toEqual({ topics: ['pottery', 'coffee'] }));
  const own = main().getByLabelText<HTMLInputElement>('Something else');
  await userEvent.type(own, '???{Enter}');
  expect(main().getByText(/Letters, digits, blanks/)).toBeTruthy();
  await userEvent.clear(own);
  await userEvent.type(own, ' Options & Futures {Enter}');
  expect((await button('options & futures')).getAttribute('aria-pressed')).toBe('true');
  expect(own.value).toBe('');
  await waitFor(() => expect(changes(calls)).toHaveLength(3));
  refusals.push(problem(503, 'temporarily_unavailable'));
  await userEvent.click(coffee);
  expect(await main().findByText(/did not work/)).toBeTruthy();
  expect(coffee.getAttribute('aria-pressed')).toBe('true');
});

test('tickers and people are followed from here', async () => {
  const refusals = [problem(409, 'too_many_topics')];
  const calls = stubApi(
    answers({
      'PUT /tickers/AAPL/follow': () => refusals.pop() ?? done(),
      'PUT /users/*/follow': PERSON,
      'DELETE /users/*/follow': done,
    }),
  );
  await openPage('/en/welcome');
  await userEvent.click(await button('Follow AAPL'));
  expect(await main().findByText('You cannot follow any more tickers.')).toBeTruthy();
  await userEvent.click(await button('Follow AAPL'));
  expect(await button('Unfollow AAPL')).toBeTruthy();
  await userEvent.click(await button('Follow Bo Lin'));
  expect(await button('Unfollow Bo Lin')).toBeTruthy();
  await userEvent.click(await button('Unfollow 林间小筑'));
  await waitFor(() => expect(changes(calls).map(({ method }) => method)).toEqual(['PUT', 'PUT', 'PUT', 'DELETE']));
});

test('without a username that is the first step', async () => {
  const refusals = [problem(409, 'username_taken', { suggestions: ['ada1', 'ada2'] })];
  stubApi(
    answers({
      'GET /users/me': ({ query }: Call) => (query.get('fields') ? { username: null } : (USER as object)),
      'POST /users/me/onboarding': () => refusals.pop() ?? { ...USER, username: 'ada1' },
    }),
  );
  await openPage('/en/welcome');
  const field = await main().findByLabelText('Username');
  await expectAccessible();
  await userEvent.type(field, 'ada{Enter}');
  expect(await main().findByText('Still free: ada1, ada2')).toBeTruthy();
  await userEvent.clear(field);
  await userEvent.type(field, 'ada1{Enter}');
  expect(await main().findByRole('heading', { level: 1, name: 'Welcome, @ada1' })).toBeTruthy();
  expect(main().queryByLabelText('Username')).toBeNull();
});

test('where nobody talks yet the page says where to look, and what fails is tried again', async () => {
  const refusals = [problem(500, 'internal')];
  stubApi(
    answers({
      'GET /users/me/interests': () => refusals.pop() ?? { topics: [] },
      'GET /tickers/trending': { items: [], refreshed_at: null },
      'GET /feed': listed(),
    }),
  );
  await openPage('/en/welcome');
  expect(await main().findByText(/No ticker is talked of/)).toBeTruthy();
  expect(await main().findByText(/Nobody has written yet/)).toBeTruthy();
  await userEvent.click(await button('Try again'));
  expect((await button('coffee')).getAttribute('aria-pressed')).toBe('false');
});

test('who is not signed in is asked to; a page that does not load says so', async () => {
  stubApi(COMMUNITY);
  await openPage('/en/welcome');
  expect(await main().findByText('Sign in to begin')).toBeTruthy();
  document.body.innerHTML = '';
  const refusals = [problem(500, 'internal')];
  stubApi(
    answers({
      'GET /users/me': ({ query }: Call) =>
        query.get('fields') ? (refusals.pop() ?? { username: 'ada' }) : (USER as object),
    }),
  );
  await openPage('/en/welcome');
  await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await main().findByRole('heading', { level: 1, name: 'Welcome, @ada' })).toBeTruthy();
});

test('somebody who follows nobody yet is led here from the feed', async () => {
  stubApi(answers({ 'GET /feed': listed() }));
  const { router } = await openPage('/en/feed');
  await userEvent.click(await main().findByRole('link', { name: 'Choose what to follow' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/welcome'));
});
