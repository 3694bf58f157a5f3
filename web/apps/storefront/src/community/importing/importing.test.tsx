import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { COMMUNITY, listed, POST_ID } from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';
import { archiveFault } from './useArchive.ts';

const ID = '01931b6e-6666-7000-8000-000000000001';
const IMPORT = {
  id: ID,
  status: 'finished',
  reason: null as string | null,
  items: 4 as number | null,
  created: 1,
  unchanged: 0,
  skipped: 1,
  refused: 2,
  waiting: 0,
  created_at: '2026-11-20T08:00:00Z',
  finished_at: '2026-11-20T08:05:00Z' as string | null,
};
const WAITING = { ...IMPORT, status: 'waiting', items: null, created: 0, skipped: 0, refused: 0, finished_at: null };
const item = (place: number, outcome: string, more: object = {}) => ({
  place,
  source_id: `https://elsewhere.example/${place}`,
  outcome,
  reason: null,
  post_id: null,
  ...more,
});
const ITEMS = [
  item(0, 'created', { post_id: POST_ID }),
  item(1, 'skipped', { reason: 'repost' }),
  item(2, 'refused', { reason: 'something_new' }),
];

/** Storage takes what is sent to it, as soon as it may. */
const uploads: { status: number }[] = [];
class Storage {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 204;
  onload: (() => void) | undefined;
  open() {}
  send() {
    this.status = uploads.shift()?.status ?? 204;
    this.upload.onprogress?.({ loaded: 1, total: 2 });
    setTimeout(() => this.onload?.());
  }
}

beforeEach(() => {
  uploads.length = 0;
  vi.stubGlobal('XMLHttpRequest', Storage);
  URL.createObjectURL = vi.fn(() => 'blob:list');
  URL.revokeObjectURL = vi.fn();
});

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'POST /posts/imports': { post_import: WAITING, upload: { url: 'https://files.example', fields: { key: 'k' } } },
  [`GET /posts/imports/${ID}`]: IMPORT as object,
  [`GET /posts/imports/${ID}/items`]: ({ query }: Call) =>
    listed(...ITEMS.filter(({ outcome }) => !query.get('outcome') || query.get('outcome') === outcome)),
  ...more,
});
const button = (name: string | RegExp) => main().findByRole('button', { name });
const archive = (content = 'zip') => new File([content], 'archive.zip', { type: 'application/zip' });
const announcements = (calls: readonly Call[]) =>
  calls.filter(({ method, path }) => method === 'POST' && path === '/posts/imports');

test.each(['/account/import', '/en/account/import'])('%s says what can be brought and taken', async (address) => {
  stubApi(answers());
  await openPage(address);
  expect(await main().findByLabelText(/选择归档文件|Choose an archive/)).toBeTruthy();
  expect(
    main()
      .getByRole('link', { name: /去要一份副本|Ask for a copy/ })
      .getAttribute('href'),
  ).toMatch(/privacy$/);
  await expectAccessible();
});

test('an archive is sent by one form, however often it takes, and its report has an address', async () => {
  uploads.push({ status: 503 }, { status: 204 });
  const calls = stubApi(answers());
  const { router } = await openPage('/en/account/import');
  await userEvent.click(await button('Start the import'));
  expect(main().getByText('Please choose a file first.')).toBeTruthy();
  await userEvent.upload(main().getByLabelText('Choose an archive'), archive());
  expect(main().getByText(/archive.zip/)).toBeTruthy();
  await userEvent.click(await button('Start the import'));
  expect(await main().findByText(/The storage did not take the file/)).toBeTruthy();
  await userEvent.click(await button('Start the import'));
  await waitFor(() => expect(router.state.location.searchStr).toBe(`?import=${ID}`));
  expect(announcements(calls)[0]?.body).toEqual({ size: 3 });
  expect(await main().findByText(/The import is done/)).toBeTruthy();
});

test.each([
  ['import_running', 409, /Your last import is not done yet/],
  ['too_many_imports', 429, /five imports a day/],
  ['email_not_verified', 403, /verify your e-mail/],
])('an archive that is refused (%s) is explained', async (code, status, words) => {
  stubApi(answers({ 'POST /posts/imports': () => problem(status, code) }));
  await openPage('/en/account/import');
  await userEvent.upload(await main().findByLabelText('Choose an archive'), archive());
  await userEvent.click(await button('Start the import'));
  expect(await main().findByText(words)).toBeTruthy();
});

test('a report has each item with its end, all of them or those of one end', async () => {
  stubApi(answers());
  const { router } = await openPage(`/en/account/import?import=${ID}`);
  expect(await main().findByText('A repost.')).toBeTruthy();
  expect(main().getByText('Reason: something_new')).toBeTruthy();
  expect(main().getByRole('link', { name: 'See the post' }).getAttribute('href')).toBe(`/en/posts/${POST_ID}`);
  expect(main().getByText('4 items in the file')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getByRole('link', { name: 'Left out' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(`?import=${ID}&outcome=skipped`));
  await waitFor(() => expect(main().queryByText('Reason: something_new')).toBeNull());
  await userEvent.click(main().getByRole('link', { name: 'Bring another archive' }));
  expect(await main().findByLabelText('Choose an archive')).toBeTruthy();
});

test('an import that is under way is asked for again until it ends', async () => {
  const states = [WAITING, { ...WAITING, status: 'running', items: 4, created: 1 }];
  const { queryClient } = await (async () => {
    stubApi(answers({ [`GET /posts/imports/${ID}`]: () => states.shift() ?? IMPORT }));
    return openPage(`/en/account/import?import=${ID}`);
  })();
  expect(await main().findByText(/It starts once the file is there/)).toBeTruthy();
  await queryClient.invalidateQueries({ queryKey: ['post-imports', ID] });
  expect(await main().findByText(/It is being worked on/)).toBeTruthy();
  await queryClient.invalidateQueries({ queryKey: ['post-imports', ID] });
  expect(await main().findByText(/The import is done/)).toBeTruthy();
});

test('a file that cannot be taken says why; an unknown import leads back', async () => {
  const failed = { ...WAITING, status: 'failed', reason: 'no_outbox' };
  stubApi(answers({ [`GET /posts/imports/${ID}`]: failed }));
  const { router } = await openPage(`/en/account/import?import=${ID}`);
  expect(await main().findByText(/There is no outbox.json in it/)).toBeTruthy();
  await router.navigate({ to: '/account/import', search: { import: 'unknown' } });
  await userEvent.click(await main().findByRole('link', { name: 'Start again' }));
  expect(await main().findByLabelText('Choose an archive')).toBeTruthy();
});

test('lists of people are saved, and taken from a file line by line', async () => {
  const refusals = [problem(422, 'validation_failed')];
  const calls = stubApi(
    answers({
      'GET /users/me/people-files/following': () =>
        new Response('Account address\r\n', { headers: { 'content-type': 'text/csv' } }),
      'GET /users/me/people-files/blocks': () => problem(503, 'temporarily_unavailable'),
      'POST /users/me/people-files/mutes': () =>
        refusals.pop() ?? {
          read: 3,
          created: 1,
          unchanged: 1,
          refused: [{ line: 4, name: 'x@elsewhere.example', reason: 'elsewhere' }],
        },
    }),
  );
  await openPage('/en/account/import');
  await userEvent.click(await button('Save as a file: People you follow'));
  await waitFor(() => expect(URL.createObjectURL).toHaveBeenCalledTimes(1));
  await userEvent.click(await button('Save as a file: Blocked people'));
  expect(await main().findByText(/did not work/)).toBeTruthy();
  const field = main().getByLabelText('Take from a file: Muted people');
  const file = new File(['username\nada\n'], 'mutes.csv', { type: 'text/csv' });
  await userEvent.upload(field, file);
  expect(await main().findByText(/This file cannot be read/)).toBeTruthy();
  await userEvent.upload(field, file);
  expect(await main().findByText('3 lines read: 1 new, 1 here already.')).toBeTruthy();
  const row = within(field.closest('li') as HTMLElement);
  expect(row.getByText('1 line was not taken')).toBeTruthy();
  expect(row.getByText(/an account of another network/)).toBeTruthy();
  const sent = calls.filter(({ path }) => path.endsWith('/mutes')).at(-1);
  expect(sent?.body).toBe('username\nada\n');
  expect(sent?.headers.get('content-type')).toContain('text/csv');
  await expectAccessible();
});

test('a file that need not be sent is not', () => {
  expect(archiveFault(null)).toBe('none');
  expect(archiveFault(archive(''))).toBe('empty');
  expect(archiveFault({ size: 201 * 1024 ** 2 } as File)).toBe('size');
  expect(archiveFault(archive())).toBeNull();
});
