import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { nextPath } from './nextPath.ts';

const SIGNED_IN = { access_token: 'a', expires_in: 900, user: { id: 'u-1', full_name: 'Ada Hughes' } };
const main = () => within(screen.getByRole('main'));

test('signing in leads to where somebody was', async () => {
  stubApi({ ...SHOP, 'POST /auth/login': SIGNED_IN, 'GET /cart': { items: [], item_count: 0 } });
  const { router } = await openPage('/en/sign-in?next=/en/cart');
  await expectAccessible();
  await userEvent.type(main().getByLabelText('Email'), 'ada@example.com');
  await userEvent.type(main().getByLabelText('Password'), 'sunny-orchard-42{Enter}');
  await waitFor(() => expect(router.state.location.publicHref).toBe('/en/cart'));
  expect((await screen.findAllByText('Ada Hughes')).length).toBeGreaterThan(0);
  await userEvent.click(screen.getAllByRole('button', { name: 'Sign out', hidden: true })[0] as HTMLElement);
  await waitFor(() => expect(screen.queryByText('Ada Hughes')).toBeNull());
});

test('empty fields are said where they are, and nothing is sent', async () => {
  const calls = stubApi(SHOP);
  await openPage('/en/sign-in');
  await userEvent.click(main().getByRole('button', { name: 'Sign in' }));
  expect(main().getAllByText('Please fill this in.')).toHaveLength(2);
  expect(document.activeElement).toBe(main().getByLabelText('Email'));
  await userEvent.type(main().getByLabelText('Email'), 'ada');
  await userEvent.type(main().getByLabelText('Password'), 'x{Enter}');
  expect(main().getByText('This does not look like an email address.')).toBeTruthy();
  expect(calls.some(({ method }) => method === 'POST')).toBe(false);
});

test.each([
  [() => problem(401, 'invalid_credentials'), 'The email address or the password is wrong.'],
  [
    () => problem(429, 'too_many_attempts', {}, { 'retry-after': '30' }),
    'Too many attempts. Please try again in 30 seconds.',
  ],
  [() => problem(500, 'internal'), 'That did not work. Please try again in a moment.'],
  [() => Promise.reject(new TypeError('network')), /The network is down/],
])('a refusal is said in words, and what was typed stays', async (answer, words) => {
  stubApi({ ...SHOP, 'POST /auth/login': answer });
  await openPage('/en/sign-in');
  await userEvent.type(main().getByLabelText('Email'), 'ada@example.com');
  await userEvent.type(main().getByLabelText('Password'), 'not it{Enter}');
  expect((await main().findByRole('alert')).textContent).toMatch(words);
  expect(main().getByLabelText<HTMLInputElement>('Email').value).toBe('ada@example.com');
});

test.each(['/register', '/en/register'])('%s makes an account', async (address) => {
  const calls = stubApi({ ...SHOP, 'POST /auth/register': SIGNED_IN });
  const { router } = await openPage(address);
  await expectAccessible();
  await userEvent.type(main().getByLabelText(/姓名|Name/), '  欧阳 小雨 ');
  await userEvent.type(main().getByLabelText(/电子邮件|Email/), 'ou@example.com');
  await userEvent.type(main().getByLabelText(/^密码|^Password/), 'a long walk by the sea');
  await userEvent.click(main().getByRole('checkbox', { name: /写信|Write to me/ }));
  await userEvent.click(main().getByRole('button', { name: /注册|Register/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  expect(calls.find(({ path }) => path === '/auth/register')?.body).toMatchObject({
    full_name: '欧阳 小雨',
    accepts_marketing: true,
    language: address.startsWith('/en') ? 'en' : 'zh-CN',
  });
});

test('a field that the API refuses says so itself', async () => {
  const errors = [{ field: 'body.password', message: 'too short' }];
  stubApi({ ...SHOP, 'POST /auth/register': () => problem(422, 'validation_failed', { errors }) });
  await openPage('/en/register');
  await userEvent.type(main().getByLabelText('Name'), 'Ada');
  await userEvent.type(main().getByLabelText('Email'), 'ada@example.com');
  await userEvent.type(main().getByLabelText('Password'), 'short');
  await userEvent.click(main().getByLabelText('Show the password'));
  await userEvent.click(main().getByRole('button', { name: 'Register' }));
  expect(await main().findByText(/too short or too easy/)).toBeTruthy();
  expect(document.activeElement).toBe(main().getByLabelText('Password'));
  expect(main().getByLabelText('Password').getAttribute('type')).toBe('text');
});

test('only a path of this site is a way back', () => {
  expect(nextPath('/en/cart?x=1')).toBe('/en/cart?x=1');
  for (const bad of ['//evil.example', 'https://evil.example', '/\\evil.example', '', undefined, '/a\\b']) {
    expect(nextPath(bad)).toBeUndefined();
  }
});
