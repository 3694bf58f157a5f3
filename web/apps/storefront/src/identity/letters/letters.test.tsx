import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { done, fill, main, press } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn, USER } from '../../testing/signedIn.ts';
import { parseKeepAccountSearch, parseTokenSearch } from './tokenSearch.ts';

const BROKEN = () => problem(400, 'invalid_link');
const PROVEN = { email: 'ada@example.com', email_verified_at: '2026-11-30T10:00:00Z', password_reset_token: null };
const heading = (name: string) => main().findByRole('heading', { level: 1, name });

const SIMPLE: [page: string, route: string, action: string, done: string][] = [
  ['deny-email', '/auth/email/deny', 'Not me: close it', 'That is settled'],
  ['unsubscribe', '/users/unsubscribe', 'Stop them', 'Stopped'],
  ['keep-account', '/users/me/erasure/cancel', 'Keep the account', 'Your account stays'],
];

test.each(SIMPLE)(
  '%s does nothing by being opened, and what it says when pressed',
  async (page, route, action, end) => {
    const calls = stubApi({ ...SHOP, [`POST ${route}`]: done });
    await openPage(`/en/${page}?token=abc`);
    await expectAccessible();
    expect(calls.some(({ method }) => method === 'POST')).toBe(false);
    press(main(), action);
    const said = await heading(end);
    expect(document.activeElement).toBe(said);
    const call = calls.find(({ path }) => path === route);
    expect(JSON.stringify(call?.body ?? Object.fromEntries(call?.query ?? []))).toBe('{"token":"abc"}');
    await expectAccessible();
  },
);

test.each(SIMPLE)('%s that is not good any more says so, and what to do', async (page, route, action) => {
  stubApi({ ...SHOP, [`POST ${route}`]: BROKEN });
  await openPage(`/en/${page}?token=abc`);
  press(main(), action);
  expect(await heading('This link does not work any more')).toBeTruthy();
  expect(main().getAllByRole('link').length).toBeGreaterThan(1);
});

test.each(['deny-email', 'unsubscribe', 'keep-account', 'revert-email', 'verify-email', 'reset'])(
  '%s without a token is a link that lost a piece',
  async (page) => {
    stubApi(SHOP);
    await openPage(`/${page}`);
    expect(await heading('这个链接已经不能用了')).toBeTruthy();
  },
);

test('trouble of the network or the API leaves the button for another try', async () => {
  const answers: (() => Promise<Response> | Response)[] = [
    () => Promise.reject(new TypeError('network')),
    () => problem(503, 'temporarily_unavailable'),
    done,
  ];
  stubApi({ ...SHOP, 'POST /auth/email/deny': () => answers.shift()?.() });
  await openPage('/en/deny-email?token=abc');
  press(main(), 'Not me: close it');
  expect(await main().findByText(/The network is down/)).toBeTruthy();
  press(main(), 'Not me: close it');
  await waitFor(() => expect(main().getByRole('alert').textContent).toMatch(/c-1/));
  press(main(), 'Not me: close it');
  expect(await heading('That is settled')).toBeTruthy();
});

test('a link to a new password is asked for, whoever has an account', async () => {
  const calls = stubApi({ ...SHOP, 'POST /auth/password/forgot': { expires_in: 3600 } });
  await openPage('/en/forgot');
  await expectAccessible();
  press(main(), 'Send me a link');
  expect(main().getByText('Please fill this in.')).toBeTruthy();
  fill(main(), { Email: ' ada@example.com ' });
  press(main(), 'Send me a link');
  expect(await main().findByText(/If ada@example.com has an account/)).toBeTruthy();
  expect(calls.find(({ path }) => path === '/auth/password/forgot')?.body).toEqual({ email: 'ada@example.com' });
  press(main(), 'Another address');
  expect(await heading('Forgotten password')).toBeTruthy();
});

test('a new password is chosen, and whoever was signed in here is not any more', async () => {
  const weak = problem(422, 'validation_failed', { errors: [{ field: 'body.new_password', message: 'too common' }] });
  const answers = [weak, done()];
  const calls = stubApi({ ...SHOP, ...signedIn(), 'POST /auth/password/reset': () => answers.shift() as Response });
  const { session } = await openPage('/en/reset?token=abc');
  await expectAccessible();
  fill(main(), { 'New password': 'password12' });
  press(main(), 'Save the new password');
  expect(await main().findByText(/too short or too easy to guess/)).toBeTruthy();
  fill(main(), { 'New password': 'a long walk by the sea' });
  press(main(), 'Save the new password');
  expect(await heading('Your new password is saved')).toBeTruthy();
  expect(calls.at(-1)?.body).toEqual({ token: 'abc', new_password: 'a long walk by the sea' });
  expect(session.state).toEqual({ status: 'anonymous' });
});

test('a link to a new password that was used leads to another', async () => {
  stubApi({ ...SHOP, 'POST /auth/password/reset': BROKEN });
  await openPage('/en/reset?token=old');
  fill(main(), { 'New password': 'a long walk by the sea' });
  press(main(), 'Save the new password');
  expect(await main().findByRole('link', { name: 'Send another link' })).toBeTruthy();
});

test('signed in, an address is confirmed and nothing else happens', async () => {
  const unproven = { ...USER, email_verified_at: null };
  const people: object[] = [unproven];
  stubApi({ ...SHOP, ...signedIn(), 'GET /users/me': () => people.shift() ?? USER, 'POST /auth/email/verify': PROVEN });
  const { session } = await openPage('/en/verify-email?token=abc');
  press(main(), 'Confirm this address');
  expect(await heading('The address is confirmed')).toBeTruthy();
  expect(main().getByText('ada@example.com is yours.')).toBeTruthy();
  await waitFor(() => expect(session.state).toMatchObject({ user: { email_verified_at: USER.email_verified_at } }));
});

test('who is not signed in is told what confirming means, and chooses a password', async () => {
  const calls = stubApi({
    ...SHOP,
    'POST /auth/email/verify': { ...PROVEN, password_reset_token: 'reset' },
    'POST /auth/password/reset': done,
  });
  await openPage('/en/verify-email?token=abc');
  const signIn = main().getByRole('link', { name: 'Sign in and confirm' });
  expect(signIn.getAttribute('href')).toContain('next=%2Fen%2Fverify-email%3Ftoken%3Dabc');
  await expectAccessible();
  press(main(), 'Confirm without signing in');
  expect(await heading('The address is confirmed')).toBeTruthy();
  fill(main(), { 'New password': 'a long walk by the sea' });
  press(main(), 'Save the new password');
  expect(await heading('Your new password is saved')).toBeTruthy();
  expect(calls.at(-1)?.body).toMatchObject({ token: 'reset' });
});

test('a change of address wants the account that asked for it', async () => {
  stubApi({
    ...SHOP,
    ...signedIn(),
    'POST /auth/email/verify': () => problem(403, 'sign_in_required'),
    'POST /auth/logout': done,
  });
  const { router, session } = await openPage('/en/verify-email?token=abc');
  press(main(), 'Confirm this address');
  expect(await main().findByText(/Sign in to the account that asked for it/)).toBeTruthy();
  press(main(), 'Sign in');
  await waitFor(() => expect(router.state.location.pathname).toBe('/sign-in'));
  expect(session.state.status).toBe('anonymous');
  expect(router.state.location.search).toEqual({ next: '/en/verify-email?token=abc' });
});

test.each([
  [() => problem(409, 'email_taken'), /belongs to another account/],
  [() => problem(429, 'rate_limited', {}, { 'retry-after': '120' }), /try again in 2 minutes/],
])('a confirmation that is refused says why', async (answer, words) => {
  stubApi({ ...SHOP, ...signedIn(), 'POST /auth/email/verify': answer });
  await openPage('/en/verify-email?token=abc');
  press(main(), 'Confirm this address');
  expect(await main().findAllByText(words)).not.toHaveLength(0);
});

test('a link of confirmation that was used says that all may be well', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'POST /auth/email/verify': BROKEN });
  await openPage('/en/verify-email?token=abc');
  press(main(), 'Confirm this address');
  expect(await main().findByText(/If you have confirmed it before/)).toBeTruthy();
  await expectAccessible();
});

test('a change of address is taken back, and a late password is sent anew', async () => {
  stubApi({
    ...SHOP,
    'POST /auth/email/revert': { ...PROVEN, password_reset_token: 'reset' },
    'POST /auth/password/reset': BROKEN,
  });
  await openPage('/en/revert-email?token=abc');
  press(main(), 'Go back to the old address');
  expect(await heading('The old address is back')).toBeTruthy();
  fill(main(), { 'New password': 'a long walk by the sea' });
  press(main(), 'Save the new password');
  expect(await main().findByRole('link', { name: 'Send another link' })).toBeTruthy();
});

test('a change that cannot be taken back any more says so', async () => {
  stubApi({ ...SHOP, 'POST /auth/email/revert': BROKEN });
  await openPage('/en/revert-email?token=abc');
  press(main(), 'Go back to the old address');
  expect(await main().findByText(/for seven days/)).toBeTruthy();
});

test('an account that was closed just now says until when it can be had back', async () => {
  stubApi(SHOP);
  await openPage('/en/keep-account?until=2026-12-14T10:00:00Z');
  expect(screen.getByText(/Until December 14, 2026/)).toBeTruthy();
});

test('addresses of these pages keep what they know', () => {
  expect(parseTokenSearch({ token: 'x', other: 1 })).toEqual({ token: 'x' });
  expect(parseTokenSearch({ token: '' })).toEqual({});
  expect(parseKeepAccountSearch({ until: 'tomorrow' })).toEqual({});
});
