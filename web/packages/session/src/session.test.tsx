import { problem, stubApi } from '@sharestack/testing/api.ts';
import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Can, SessionProvider, useSessionState } from './context.tsx';
import { Session } from './session.ts';
import type { TabMessage, Tabs } from './tabs.ts';

const USER = { id: 'u-1', full_name: 'Ada Hughes', email: 'ada@example.com' };
const TOKENS = { access_token: 'first', expires_in: 900, refresh_token: null, csrf_token: 'csrf', permissions: [] };

function fakeTabs() {
  const said: TabMessage[] = [];
  let listen: (message: TabMessage) => void = () => undefined;
  const tabs: Tabs = {
    say: (message) => said.push(message),
    onMessage: (listener) => {
      listen = listener;
    },
    alone: (task) => task(),
  };
  return { tabs, said, hear: (message: TabMessage) => listen(message) };
}

const haveCookie = () => vi.spyOn(document, 'cookie', 'get').mockReturnValue('a=b; __Host-csrf_token=csrf');

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'], shouldAdvanceTime: true }));
afterEach(() => void vi.useRealTimers());

test('without the cookie nobody is signed in, and nothing is asked', async () => {
  const calls = stubApi({});
  const session = new Session(fakeTabs().tabs);
  await session.start();
  expect(session.state).toEqual({ status: 'anonymous' });
  expect(calls).toHaveLength(0);
});

test('a reload brings back who was signed in', async () => {
  haveCookie();
  const calls = stubApi({ 'POST /auth/refresh': TOKENS, 'GET /users/me': USER });
  const session = new Session(fakeTabs().tabs);
  await session.start();
  expect(session.state).toMatchObject({ status: 'signed-in', user: USER });
  expect(calls[0]?.headers.get('x-csrf-token')).toBe('csrf');
});

test('a session that ends under somebody says so, and one that is left does not', async () => {
  haveCookie();
  const answers: object[] = [TOKENS];
  stubApi({
    'POST /auth/refresh': () => answers.shift() ?? problem(401, 'invalid_refresh_token'),
    'GET /users/me': USER,
  });
  const { tabs, said } = fakeTabs();
  const session = new Session(tabs);
  await session.start();
  session.keepUser({ ...USER, full_name: 'Ada King' } as never);
  expect(session.state).toMatchObject({ user: { full_name: 'Ada King' } });
  await session.refresh();
  await session.refresh();
  expect(session.state).toEqual({ status: 'anonymous', isExpired: true });
  session.leave();
  expect(session.state).toEqual({ status: 'anonymous' });
  expect(said).toEqual(['signed-out']);
});

test('two calls at once refresh once', async () => {
  haveCookie();
  const calls = stubApi({ 'POST /auth/refresh': TOKENS, 'GET /users/me': USER });
  const session = new Session(fakeTabs().tabs);
  await Promise.all([session.refresh(), session.refresh()]);
  expect(calls.filter(({ path }) => path === '/auth/refresh')).toHaveLength(1);
});

test('a browser without locks tries again when another tab was faster', async () => {
  haveCookie();
  const answers = [problem(409, 'refresh_token_just_used'), TOKENS];
  stubApi({ 'POST /auth/refresh': () => answers.shift() ?? {}, 'GET /users/me': USER });
  const session = new Session(fakeTabs().tabs);
  await session.start();
  expect(session.state.status).toBe('signed-in');
});

test('a session that ended leaves nobody; trouble of the API does not sign out', async () => {
  haveCookie();
  stubApi({ 'POST /auth/refresh': () => problem(401, 'invalid_refresh_token') });
  const ended = new Session(fakeTabs().tabs);
  await ended.start();
  expect(ended.state.status).toBe('anonymous');

  const answers: object[] = [TOKENS];
  stubApi({
    'POST /auth/refresh': () => answers.shift() ?? problem(503, 'temporarily_unavailable'),
    'GET /users/me': USER,
  });
  const session = new Session(fakeTabs().tabs);
  await session.start();
  await session.refresh();
  expect(session.state.status).toBe('signed-in');
});

test('a call whose token ended is made again with a fresh one', async () => {
  haveCookie();
  const tokens = [TOKENS, { ...TOKENS, access_token: 'second' }];
  const calls = stubApi({
    'POST /auth/refresh': () => tokens.shift() ?? {},
    'GET /users/me': USER,
    'GET /orders': ({ headers }) =>
      headers.get('authorization') === 'Bearer second' ? { items: [] } : problem(401, 'invalid_token'),
  });
  const session = new Session(fakeTabs().tabs);
  await session.start();
  const answer = await session.fetch(new Request('http://localhost/api/v1/orders'));
  expect(answer.status).toBe(200);
  expect(calls.filter(({ path }) => path === '/orders')).toHaveLength(2);
});

test('a call before the start waits for the token', async () => {
  haveCookie();
  const calls = stubApi({ 'POST /auth/refresh': TOKENS, 'GET /users/me': USER, 'GET /orders': { items: [] } });
  await new Session(fakeTabs().tabs).fetch(new Request('http://localhost/api/v1/orders'));
  expect(calls.at(-1)?.headers.get('authorization')).toBe('Bearer first');
});

test('signing in and out is told to the other tabs', async () => {
  const { tabs, said, hear } = fakeTabs();
  const calls = stubApi({
    'POST /auth/login': { ...TOKENS, user: USER },
    'POST /auth/logout': () => new Response(null, { status: 204 }),
  });
  const session = new Session(tabs);
  await session.signIn('ada@example.com', 'sunny-orchard-42');
  expect(calls[0]?.body).toMatchObject({ mode: 'cookie' });
  expect(session.state).toMatchObject({ status: 'signed-in', user: USER });
  await session.signOut();
  expect(session.state.status).toBe('anonymous');
  expect(said).toEqual(['signed-in', 'signed-out']);

  await session.signIn('ada@example.com', 'sunny-orchard-42');
  hear('signed-out');
  expect(session.state.status).toBe('anonymous');
});

test('another tab that signs in signs in here', async () => {
  haveCookie();
  stubApi({ 'POST /auth/refresh': TOKENS, 'GET /users/me': USER });
  const { tabs, hear } = fakeTabs();
  const session = new Session(tabs);
  hear('signed-in');
  await vi.waitFor(() => expect(session.state.status).toBe('signed-in'));
});

test('the token is renewed before it ends', async () => {
  haveCookie();
  const calls = stubApi({ 'POST /auth/refresh': TOKENS, 'GET /users/me': USER });
  const session = new Session(fakeTabs().tabs);
  await session.start();
  await vi.advanceTimersByTimeAsync(841_000);
  await vi.waitFor(() => expect(calls.filter(({ path }) => path === '/auth/refresh').length).toBeGreaterThan(1));
});

test('a new account is signed in', async () => {
  stubApi({ 'POST /auth/register': { ...TOKENS, user: USER } });
  const session = new Session(fakeTabs().tabs);
  await session.register({
    email: 'ada@example.com',
    password: 'a long walk by the sea',
    full_name: 'Ada Hughes',
    language: 'en',
    accepts_marketing: false,
  });
  expect(session.state.status).toBe('signed-in');
});

function Status() {
  return <p>{useSessionState().status}</p>;
}

test('what needs a permission is shown to who has it', async () => {
  haveCookie();
  const permissions = [['orders:write'], ['orders:write', 'catalog:write']];
  stubApi({
    'POST /auth/login': () => ({ ...TOKENS, user: USER, permissions: permissions.shift() }),
    'POST /auth/refresh': () => ({ ...TOKENS, permissions: permissions.shift() }),
    'GET /users/me': USER,
  });
  const session = new Session(fakeTabs().tabs);
  render(
    <SessionProvider session={session}>
      <Status />
      <Can permission="orders:write">
        <p>ship it</p>
      </Can>
      <Can permission="catalog:write">
        <p>edit it</p>
      </Can>
    </SessionProvider>,
  );
  expect(screen.getByText('unknown')).toBeTruthy();
  expect(screen.queryByText('ship it')).toBeNull();
  await act(() => session.signIn('ada@example.com', 'sunny-orchard-42'));
  expect(screen.getByText('signed-in')).toBeTruthy();
  expect(screen.getByText('ship it')).toBeTruthy();
  expect(screen.queryByText('edit it')).toBeNull();
  // The role was changed meanwhile: the next token says so.
  await act(() => session.refresh());
  expect(screen.getByText('edit it')).toBeTruthy();
});

test('without a session nobody is anybody', () => {
  render(
    <SessionProvider session={null}>
      <Status />
    </SessionProvider>,
  );
  expect(screen.getByText('unknown')).toBeTruthy();
});
