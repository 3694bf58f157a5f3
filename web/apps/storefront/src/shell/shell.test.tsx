import { ApiProblem } from '@sharestack/api/problem.ts';
import { FIRST_FACTS } from '@sharestack/api/siteFacts.ts';
import { stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { LEGAL_PAGES } from './legalPages.ts';
import { createQueryClient, dropUnserved, takeOver } from './queryClient.ts';
import { parseSearch, stringifySearch } from './search.ts';

test.each(LEGAL_PAGES.flatMap((name) => [`/legal/${name}`, `/en/legal/${name}`]))(
  '%s has the words of the operator',
  async (address) => {
    stubApi(SHOP);
    await openPage(address);
    expect(screen.getAllByRole('heading', { level: 2 }).length).toBeGreaterThan(1);
    expect(document.head.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      `http://localhost:3000${address}`,
    );
    await expectAccessible();
  },
);

test.each(['/nowhere', '/en/nowhere', '/en/legal/nothing'])('%s is not here, and offers ways on', async (address) => {
  stubApi(SHOP);
  await openPage(address);
  expect(screen.getByRole('heading', { name: /这一页不在这里|This page is not here/ })).toBeTruthy();
  expect(document.head.querySelector('link[rel=canonical]')).toBeNull();
});

test('the other language is the same page, with its choices', async () => {
  stubApi(SHOP);
  await openPage('/en/search?stock=1');
  const [link] = screen.getAllByRole('link', { name: '中文' });
  expect(link?.getAttribute('href')).toBe('/search?stock=1');
});

test('after going to another page its heading has the focus', async () => {
  stubApi(SHOP);
  await openPage('/en/');
  const footer = within(screen.getByRole('contentinfo'));
  await userEvent.click(footer.getByRole('link', { name: 'Privacy' }));
  const heading = await screen.findByRole('heading', { level: 1, name: 'Privacy' });
  await waitFor(() => expect(document.activeElement).toBe(heading));
  expect(document.title).toContain('Privacy');
});

test('a page that no server rendered asks for the name and the contact of the shop', async () => {
  stubApi({ ...SHOP, 'GET /site': { ...FIRST_FACTS, name: 'Kontor', address: 'Speicherstadt 1\nHamburg' } });
  await openPage('/en/legal/terms', null);
  expect((await screen.findAllByText('Kontor')).length).toBeGreaterThan(0);
  await waitFor(() => expect(document.title).toBe('Terms · Kontor'));
  expect(screen.getByText(/Speicherstadt 1/).tagName).toBe('ADDRESS');
  await expectAccessible();
});

test('the theme can be chosen', async () => {
  stubApi(SHOP);
  await openPage('/en/');
  const select = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'Appearance' });
  await userEvent.selectOptions(select, 'dark');
  expect(document.documentElement.dataset.theme).toBe('dark');
  await userEvent.selectOptions(select, 'system');
});

test('search parameters are plain text, each name once', () => {
  expect(parseSearch('?q=a+b&q=c&option.Size=45+%C3%97+45')).toEqual({ q: 'a b', 'option.Size': '45 × 45' });
  expect(stringifySearch({ q: 'a b', after: undefined, vendor: '' })).toBe('?q=a+b');
  expect(stringifySearch({})).toBe('');
});

test('what a served page brought is fresh, however long it was cached', () => {
  const queryClient = createQueryClient();
  const state = { data: 1, dataUpdatedAt: 0, status: 'success' };
  takeOver(queryClient, JSON.stringify({ mutations: [], queries: [{ queryKey: ['a'], queryHash: '["a"]', state }] }));
  expect(queryClient.getQueryData(['a'])).toBe(1);
  expect(queryClient.getQueryState(['a'])?.dataUpdatedAt).toBeGreaterThan(Date.now() - 5000);
});

test('what arrives between serving a page and its first render leaves the gap that the server left', () => {
  const queryClient = createQueryClient();
  const state = { data: 1, dataUpdatedAt: 0, status: 'success' };
  const json = JSON.stringify({ mutations: [], queries: [{ queryKey: ['a'], queryHash: '["a"]', state }] });
  takeOver(queryClient, json);
  queryClient.setQueryData(['late'], 2);
  dropUnserved(queryClient, json);
  expect(queryClient.getQueryData(['a'])).toBe(1);
  expect(queryClient.getQueryData(['late'])).toBeUndefined();
});

test('an answer of the API stands; its own trouble is worth another try', () => {
  const retry = createQueryClient().getDefaultOptions().queries?.retry as (failures: number, error: Error) => boolean;
  expect(retry(0, new ApiProblem(404, 'not_found'))).toBe(false);
  expect(retry(0, new ApiProblem(503, 'temporarily_unavailable'))).toBe(true);
  expect(retry(0, new ApiProblem(0, 'offline'))).toBe(true);
  expect(retry(2, new ApiProblem(0, 'offline'))).toBe(false);
});
