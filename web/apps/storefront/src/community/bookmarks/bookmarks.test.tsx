import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { another, COMMUNITY, listed, POST, POST_ID, seen } from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const EARNINGS = { id: '01931b6e-5555-7000-8000-000000000001', name: '财报', created_at: '2026-11-20T08:00:00Z' };
const TEA = { id: '01931b6e-5555-7000-8000-000000000002', name: 'Tea', created_at: '2026-11-21T08:00:00Z' };

const kept = (post: object, folderId: string | null = null) => ({
  post: seen(post, { is_bookmarked: true }),
  folder_id: folderId,
  created_at: '2026-11-22T08:00:00Z',
});

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /bookmarks': ({ query }: Call) =>
    query.get('folder_id') === EARNINGS.id ? listed() : listed(kept(POST), kept(another(2), TEA.id)),
  'GET /bookmarks/folders': listed(TEA, EARNINGS),
  'PUT /posts/*/bookmarks': ({ body, path }: Call) => ({
    post_id: path.split('/')[2],
    folder_id: (body as { folder_id?: string } | null)?.folder_id ?? null,
    created_at: '2026-11-22T08:00:00Z',
  }),
  'DELETE /posts/*/bookmarks': done,
  ...more,
});
const changes = (calls: readonly Call[]) => calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path));
const button = (name: string | RegExp) => main().findByRole('button', { name });
const folderOf = async (place: number) =>
  (await main().findAllByRole('combobox', { name: 'Folder of the post by Ada Hughes' }))[place] as HTMLSelectElement;

test.each(['/account/bookmarks', '/en/account/bookmarks'])('%s has what was kept, with its folder', async (address) => {
  stubApi(answers());
  await openPage(address);
  expect(await main().findByText('Post 2')).toBeTruthy();
  const folders = within(await main().findByRole('navigation', { name: /收藏夹|Folders/ }));
  expect(folders.getByRole('link', { name: /全部|All/ }).getAttribute('aria-current')).toBe('page');
  expect(folders.getByRole('link', { name: '财报' })).toBeTruthy();
  await expectAccessible();
});

test('a bookmark is moved at once, and goes back where the folder is gone', async () => {
  const refusals = [problem(404, 'folder_not_found')];
  const calls = stubApi(
    answers({ 'PUT /posts/*/bookmarks': () => refusals.pop() ?? { post_id: POST_ID, folder_id: TEA.id } }),
  );
  await openPage('/en/account/bookmarks');
  await main().findByText('Post 2');
  const first = await folderOf(0);
  await userEvent.selectOptions(first, '财报');
  expect(await main().findByText(/This folder is gone/)).toBeTruthy();
  expect((await folderOf(0)).value).toBe('');
  await userEvent.selectOptions(await folderOf(0), 'Tea');
  await waitFor(() => expect(changes(calls)).toHaveLength(2));
  expect(changes(calls).map(({ body }) => body)).toEqual([{ folder_id: EARNINGS.id }, { folder_id: TEA.id }]);
  expect((await folderOf(0)).value).toBe(TEA.id);
  expect(main().queryByText(/This folder is gone/)).toBeNull();
});

test('what is taken out stays in sight, and kept again it is in no folder', async () => {
  stubApi(answers());
  await openPage('/en/account/bookmarks');
  await main().findByText('Post 2');
  const marks = await main().findAllByRole('button', { name: 'Bookmark' });
  expect((await folderOf(1)).value).toBe(TEA.id);
  await userEvent.click(marks[1] as HTMLElement);
  expect(await main().findByText(/No longer among your bookmarks/)).toBeTruthy();
  await userEvent.click(marks[1] as HTMLElement);
  await waitFor(async () => expect((await folderOf(1)).value).toBe(''));
});

test('a folder is made, has its own address, and says what to do with it', async () => {
  const made = { ...TEA, id: EARNINGS.id, name: 'Later' };
  const refusals = [problem(409, 'folder_name_taken')];
  const calls = stubApi(
    answers({ 'GET /bookmarks/folders': listed(TEA), 'POST /bookmarks/folders': () => refusals.pop() ?? made }),
  );
  const { router } = await openPage('/en/account/bookmarks');
  await userEvent.click(await button('New folder'));
  const dialog = within(await screen.findByRole('dialog', { name: 'New folder' }));
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(dialog.getByText('Please write a name.')).toBeTruthy();
  await userEvent.type(dialog.getByLabelText('Name'), ' Later {Enter}');
  expect(await dialog.findByText('Another folder has this name.')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(`?folder=${made.id}`));
  expect(await main().findByText('Nothing in this folder yet')).toBeTruthy();
  expect(main().getByRole('heading', { level: 2, name: 'Later' })).toBeTruthy();
  expect(changes(calls).map(({ body }) => body)).toEqual([{ name: 'Later' }, { name: 'Later' }]);
});

test('a folder is renamed and deleted; what was in it stays', async () => {
  const calls = stubApi(
    answers({
      'PATCH /bookmarks/folders/*': ({ body }: Call) => ({ ...EARNINGS, ...(body as object) }),
      'DELETE /bookmarks/folders/*': () => problem(404, 'folder_not_found'),
    }),
  );
  const { router } = await openPage(`/en/account/bookmarks?folder=${EARNINGS.id}`);
  await userEvent.click(await button('Rename'));
  const name = within(await screen.findByRole('dialog')).getByLabelText<HTMLInputElement>('Name');
  expect(name.value).toBe('财报');
  await userEvent.clear(name);
  await userEvent.type(name, 'Reports{Enter}');
  expect(await main().findByRole('heading', { level: 2, name: 'Reports' })).toBeTruthy();
  await userEvent.click(await button('Delete folder'));
  const sure = within(await screen.findByRole('dialog', { name: 'Delete the folder “Reports”?' }));
  await userEvent.click(sure.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(await button('Delete folder'));
  await userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete folder' }));
  await waitFor(() => expect(router.state.location.searchStr).toBe(''));
  expect(await main().findByText('Post 2')).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(document.activeElement).toBe(main().getByRole('heading', { level: 1 })));
  expect(changes(calls).map(({ method }) => method)).toEqual(['PATCH', 'DELETE']);
});

test('the address of a folder that is gone says so; without bookmarks the page says how to keep some', async () => {
  stubApi(
    answers({
      'GET /bookmarks': ({ query }: Call) => (query.get('folder_id') ? problem(404, 'folder_not_found') : listed()),
      'GET /bookmarks/folders': () => problem(500, 'internal'),
    }),
  );
  await openPage('/en/account/bookmarks?folder=gone');
  expect(await main().findByText('This folder is gone')).toBeTruthy();
  expect(await main().findByText(/did not work/)).toBeTruthy();
  await userEvent.click(main().getByRole('link', { name: 'See all bookmarks' }));
  expect(await main().findByText('No bookmarks yet')).toBeTruthy();
  await expectAccessible();
});

test('a post is kept in a folder that is made on the way, once', async () => {
  const refusals = [problem(503, 'temporarily_unavailable')];
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen(POST),
      [`GET /posts/${POST_ID}/comments`]: listed(),
      'POST /bookmarks/folders': { ...EARNINGS, id: 'made', name: 'Later' },
      'PUT /posts/*/bookmarks': () => refusals.pop() ?? { post_id: POST_ID, folder_id: 'made' },
    }),
  );
  await openPage(`/en/posts/${POST_ID}`);
  await userEvent.click(await main().findByLabelText('Post by Ada Hughes: more actions'));
  await userEvent.click(await button('Bookmark in a folder…'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Which folder?' }));
  await userEvent.click(await dialog.findByLabelText('Tea'));
  await userEvent.type(dialog.getByLabelText('Or a new one'), 'Later');
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText(/did not work/)).toBeTruthy();
  expect(dialog.getByLabelText<HTMLInputElement>('Later').checked).toBe(true);
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await main().findByText('Kept in “Later”.')).toBeTruthy();
  expect((await button('Bookmark')).getAttribute('aria-pressed')).toBe('true');
  expect(changes(calls).map(({ method }) => method)).toEqual(['POST', 'PUT', 'PUT']);
});
