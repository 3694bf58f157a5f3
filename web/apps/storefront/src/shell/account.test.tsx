import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeAll, expect, test, vi } from 'vitest';
import { SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn, USER } from '../testing/signedIn.ts';

const main = () => within(screen.getByRole('main'));

beforeAll(() => {
  // jsdom knows the element, and not how it is opened.
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
});

test('who is not signed in is sent to sign in, and comes back', async () => {
  stubApi({ ...SHOP, 'POST /auth/login': { access_token: 'a', expires_in: 900, user: USER } });
  const { router } = await openPage('/en/account');
  await waitFor(() => expect(router.state.location.publicHref).toBe('/en/sign-in?next=%2Fen%2Faccount'));
  await userEvent.type(await main().findByLabelText('Email'), 'ada@example.com');
  await userEvent.type(main().getByLabelText('Password'), 'sunny-orchard-42{Enter}');
  expect(await main().findByRole('heading', { level: 1, name: 'Hello, Ada Hughes' })).toBeTruthy();
});

test.each(['/account', '/en/account'])('%s greets, and shows the ways from there', async (address) => {
  stubApi({ ...SHOP, ...signedIn() });
  await openPage(address);
  expect(await main().findByRole('heading', { level: 1, name: /Ada Hughes/ })).toBeTruthy();
  const navigation = within(screen.getByRole('navigation', { name: /账户导航|^Account$/ }));
  expect(navigation.getByRole('link', { name: /概览|Overview/ }).getAttribute('aria-current')).toBe('page');
  await expectAccessible();
});

test('leaving the account leaves its pages, and nothing of it in memory', async () => {
  stubApi({ ...SHOP, ...signedIn(), 'POST /auth/logout': () => new Response(null, { status: 204 }) });
  const { router, queryClient } = await openPage('/en/account');
  await main().findByRole('heading', { level: 1, name: /Ada/ });
  queryClient.setQueryData(['orders'], ['mine']);
  await userEvent.click(main().getByRole('button', { name: 'Sign out' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
  expect(queryClient.getQueryData(['orders'])).toBeUndefined();
});

test('a session that ends is gone on with in a dialog, and the page below keeps what it has', async () => {
  let isOver = false;
  stubApi({
    ...SHOP,
    ...signedIn(() => (isOver ? problem(401, 'invalid_refresh_token') : undefined)),
    'POST /auth/login': { access_token: 'b', expires_in: 900, user: USER },
  });
  const { session, queryClient, router } = await openPage('/en/account');
  const greeting = await main().findByRole('heading', { level: 1, name: /Ada/ });
  queryClient.setQueryData(['orders'], ['mine']);
  isOver = true;
  await act(async () => void (await session.refresh()));
  const dialog = within(await screen.findByRole('dialog', { name: 'Please sign in again' }));
  expect(greeting.isConnected).toBe(true);
  await expectAccessible();
  await userEvent.type(dialog.getByLabelText('Email'), 'ada@example.com');
  await userEvent.type(dialog.getByLabelText('Password'), 'sunny-orchard-42{Enter}');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(greeting.isConnected).toBe(true);
  expect(queryClient.getQueryData(['orders'])).toEqual(['mine']);
  expect(router.state.location.pathname).toBe('/account');
});

test('somebody else who signs in sees nothing of the former person', async () => {
  let isOver = false;
  const other = { ...USER, id: 'u-2', full_name: 'Bo Lin' };
  stubApi({
    ...SHOP,
    ...signedIn(() => (isOver ? problem(401, 'invalid_refresh_token') : undefined)),
    'POST /auth/login': { access_token: 'b', expires_in: 900, user: other },
  });
  const { session, queryClient } = await openPage('/en/account');
  const before = await main().findByRole('heading', { level: 1, name: /Ada/ });
  queryClient.setQueryData(['orders'], ['mine']);
  isOver = true;
  await act(async () => void (await session.refresh()));
  await act(() => session.signIn('bo@example.com', 'sunny-orchard-42'));
  expect(await main().findByRole('heading', { level: 1, name: 'Hello, Bo Lin' })).toBeTruthy();
  expect(before.isConnected).toBe(false);
  expect(queryClient.getQueryData(['orders'])).toBeUndefined();
});

test('the dialog can be left with the page', async () => {
  const over = vi.fn<() => Response | undefined>();
  stubApi({ ...SHOP, ...signedIn(over) });
  const { session, router } = await openPage('/en/account');
  await main().findByRole('heading', { level: 1, name: /Ada/ });
  over.mockReturnValue(problem(401, 'invalid_refresh_token'));
  await act(async () => void (await session.refresh()));
  await userEvent.click(await screen.findByRole('button', { name: 'Leave this page instead' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/'));
});
