import { chosenLocale } from '@sharestack/i18n/chosenLocale.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { App } from './App.tsx';

async function open(roles: string[], locale: Locale = 'en') {
  const calls = stubApi({
    'POST /auth/login': { access_token: 'a', expires_in: 900, user: { id: 'u-1', full_name: 'Ada', roles } },
    'POST /auth/logout': () => new Response(null, { status: 204 }),
    'GET /site': { name: 'Kontor', email: 'post@kontor.example' },
  });
  const session = new Session();
  await session.start();
  render(<App session={session} locale={locale} />);
  return { calls, session };
}

test.each<[Locale, string]>([
  ['zh-CN', '创作室'],
  ['en', 'Studio'],
])('in %s it is called %s, and asks who is there', async (locale, name) => {
  const { calls } = await open([], locale);
  expect(screen.getByRole('heading', { name })).toBeTruthy();
  expect(document.title).toContain(name);
  expect(calls).toEqual([]);
  await expectAccessible();
});

test('a creator is told that nothing is here yet', async () => {
  const { session } = await open(['customer', 'creator']);
  await session.signIn('ada@example.com', 'a long walk by the sea');
  expect(await screen.findByRole('heading', { name: 'Hello, Ada' })).toBeTruthy();
  expect(screen.getByText('There is nothing here yet')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out' }));
  expect(await screen.findByRole('button', { name: 'Sign in' })).toBeTruthy();
});

test('a customer is told how to become one', async () => {
  const { session } = await open(['customer']);
  await session.signIn('ada@example.com', 'a long walk by the sea');
  const link = await screen.findByRole('link', { name: 'Write to us' });
  await waitFor(() => expect(link.getAttribute('href')).toBe('mailto:post@kontor.example'));
  expect(document.title).toContain('Kontor');
});

test('language and theme are chosen, and stay', async () => {
  await open([]);
  await userEvent.selectOptions(screen.getByLabelText('Theme'), 'Dark');
  expect(document.documentElement.dataset.theme).toBe('dark');
  await userEvent.selectOptions(screen.getByLabelText('Language'), '中文');
  expect(screen.getByRole('heading', { name: '创作室' })).toBeTruthy();
  expect(chosenLocale()).toBe('zh-CN');
  delete document.documentElement.dataset.theme;
});

test('where nothing was chosen the language is the browser’s', () => {
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('zh-TW');
  expect(chosenLocale()).toBe('zh-CN');
  vi.spyOn(navigator, 'language', 'get').mockReturnValue('fr');
  expect(chosenLocale()).toBe('en');
});
