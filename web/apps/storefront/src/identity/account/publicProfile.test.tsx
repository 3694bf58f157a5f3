import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { done, fill, main, press } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn, USER } from '../../testing/signedIn.ts';

const PICTURE = { url: '/media/ada.webp', blurhash: null, width: 200, height: 200, variants: [] };
const ADA = {
  ...USER,
  username: 'ada',
  display_name: 'ada',
  bio: 'Long only.',
  picture: null as typeof PICTURE | null,
  is_private: false,
};
const MEDIA = { id: 'm-1', status: 'ready', url: '/media/m.webp', reason: null };

/** Storage takes what is sent to it. */
class Storage {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 204;
  onload: (() => void) | undefined;
  open() {}
  send() {
    this.upload.onprogress?.({ loaded: 1, total: 1 });
    setTimeout(() => this.onload?.());
  }
}

beforeEach(() => void vi.stubGlobal('XMLHttpRequest', Storage));

const answers = (more: object = {}) => ({
  ...SHOP,
  ...signedIn(),
  'GET /users/me': ADA as object,
  'POST /media/uploads': {
    media: { ...MEDIA, status: 'pending' },
    upload: { url: 'https://files.example', fields: {} },
  },
  'GET /media/*': MEDIA,
  ...more,
});
const patches = (calls: readonly Call[]) => calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
const SAVE = 'Save the public profile';
const field = (label: string) => main().findByLabelText<HTMLInputElement>(label);

test.each(['/account/profile', '/en/account/profile'])('%s has what others see', async (address) => {
  stubApi(answers());
  await openPage(address);
  expect((await field(address.startsWith('/en') ? 'About you' : '简介')).value).toBe('Long only.');
  expect((await field(address.startsWith('/en') ? 'Name that is shown' : '显示的名字')).value).toBe('');
  await expectAccessible();
});

test('what others see is saved; a name that is taken comes with free ones', async () => {
  const refusals = [problem(409, 'username_taken', { suggestions: ['lin1'] })];
  const calls = stubApi(
    answers({ 'PATCH /users/me': ({ body }: Call) => refusals.pop() ?? { ...ADA, ...(body as object), version: 4 } }),
  );
  await openPage('/en/account/profile');
  await field('Username');
  fill(main(), { Username: ' lin ', 'Name that is shown': ' 林间 ', 'About you': 'Tea.' });
  await userEvent.click(await field('For followers only'));
  press(main(), SAVE);
  expect(await main().findByText('Still free: lin1')).toBeTruthy();
  press(main(), SAVE);
  expect(await main().findByText('Your public profile is saved.')).toBeTruthy();
  expect(patches(calls)[1]).toEqual({
    username: 'lin',
    display_name: '林间',
    bio: 'Tea.',
    is_private: true,
    version: 3,
  });
  // The other form of the page goes on from there.
  press(main(), 'Save');
  await waitFor(() => expect(patches(calls)[2]).toMatchObject({ full_name: 'Ada Hughes', version: 4 }));
});

test('a username is needed, and one that cannot be used is explained', async () => {
  const errors = [{ field: 'username', message: '2 to 30 characters' }];
  stubApi(answers({ 'PATCH /users/me': () => problem(422, 'validation_failed', { errors }) }));
  await openPage('/en/account/profile');
  await field('Username');
  fill(main(), { Username: '' });
  press(main(), SAVE);
  expect(main().getByText('Please fill this in.')).toBeTruthy();
  fill(main(), { Username: '1' });
  press(main(), SAVE);
  expect(await main().findByText(/not digits alone/)).toBeTruthy();
});

test('a change of something else meanwhile does not stand in the way', async () => {
  const versions = [problem(409, 'version_conflict')];
  const people: object[] = [ADA, ADA];
  const calls = stubApi(
    answers({
      'GET /users/me': () => people.shift() ?? { ...ADA, full_name: 'Ada Byron', version: 8 },
      'PATCH /users/me': ({ body }: Call) => versions.pop() ?? { ...ADA, ...(body as object), version: 9 },
    }),
  );
  await openPage('/en/account/profile');
  await field('Username');
  fill(main(), { 'About you': 'Tea.' });
  press(main(), SAVE);
  expect(await main().findByText('Your public profile is saved.')).toBeTruthy();
  expect(patches(calls)).toMatchObject([{ version: 3 }, { version: 8 }]);
});

test('a change of the same meanwhile stands beside what was typed, and can be taken', async () => {
  const people: object[] = [ADA, ADA];
  const theirs = { ...ADA, display_name: 'Ada L.', bio: '', is_private: true, version: 8 };
  stubApi(
    answers({
      'GET /users/me': () => people.shift() ?? theirs,
      'PATCH /users/me': () => problem(409, 'version_conflict'),
    }),
  );
  await openPage('/en/account/profile');
  await field('Username');
  fill(main(), { 'About you': 'Tea.' });
  press(main(), SAVE);
  expect(await main().findByText('Ada L.')).toBeTruthy();
  expect((await field('About you')).value).toBe('Tea.');
  await expectAccessible();
  press(main(), 'Take what is there');
  expect((await field('About you')).value).toBe('');
  expect((await field('Name that is shown')).value).toBe('Ada L.');
  expect((await field('For followers only')).checked).toBe(true);
});

test('a picture is sent, looked at and shown; then removed', async () => {
  let now = ADA;
  const calls = stubApi(
    answers({
      'GET /users/me': () => now,
      'POST /users/me/profile-picture': () => {
        now = { ...ADA, picture: PICTURE };
        return now;
      },
      'DELETE /users/me/profile-picture': () => {
        now = ADA;
        return done();
      },
    }),
  );
  await openPage('/en/account/profile');
  await userEvent.upload(await field('Choose a picture'), new File(['x'], 'ada.png', { type: 'image/png' }));
  expect(await main().findByText('The picture is shown now.')).toBeTruthy();
  expect(calls.find(({ path }) => path === '/media/uploads')?.body).toMatchObject({ purpose: 'profile' });
  expect(calls.find(({ path }) => path.endsWith('profile-picture'))?.body).toEqual({ media_id: 'm-1' });
  await userEvent.click(await main().findByRole('button', { name: 'Remove the picture' }));
  expect(await main().findByText('The picture is removed.')).toBeTruthy();
  expect(main().queryByRole('button', { name: 'Remove the picture' })).toBeNull();
});

test('a picture that cannot be used says why', async () => {
  const calls = stubApi(answers({ 'GET /media/*': { ...MEDIA, status: 'rejected' } }));
  await openPage('/en/account/profile');
  const chooser = await field('Choose a picture');
  const upload = userEvent.setup({ applyAccept: false });
  await upload.upload(chooser, new File(['x'], 'a.gif', { type: 'image/gif' }));
  expect(await main().findByText(/This file cannot be used/)).toBeTruthy();
  await upload.upload(chooser, new File([], 'a.png', { type: 'image/png' }));
  expect(await main().findByText(/larger than 5 MB, or empty/)).toBeTruthy();
  expect(calls.some(({ path }) => path === '/media/uploads')).toBe(false);
  await upload.upload(chooser, new File(['x'], 'a.png', { type: 'image/png' }));
  expect(await main().findByText(/This picture cannot be used/)).toBeTruthy();
});

test('without a username one is led to where it is chosen', async () => {
  stubApi(answers({ 'GET /users/me': { ...ADA, username: null } }));
  await openPage('/en/account/profile');
  expect((await screen.findByRole('link', { name: 'Choose a username' })).getAttribute('href')).toBe('/en/welcome');
});
