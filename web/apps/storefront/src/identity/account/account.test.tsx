import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { expect, test, vi } from 'vitest';
import { SHOP } from '../../testing/fixtures.ts';
import { done, fill, main, press } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn, USER } from '../../testing/signedIn.ts';
import { deviceOf } from './devices.ts';
import { fileSize } from './fileSize.ts';
import { languageChoices, languageName } from './languages.ts';

const IPHONE =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1';
const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0';
const TIMES = { created_at: '2026-11-20T08:00:00Z', last_used_at: '2026-11-30T08:00:00Z' };
const HERE = { id: 's-1', user_agent: WINDOWS, current: true, ...TIMES };
const PHONE = { id: 's-2', user_agent: IPHONE, current: false, ...TIMES };
const CURRENT = '2026-11-01';

const consent = (purpose: string, granted: boolean, more: object = {}) => ({
  purpose,
  granted,
  version: granted ? CURRENT : null,
  current_version: CURRENT,
  can_be_withdrawn: purpose === 'marketing' || purpose === 'recommendations',
  source: granted ? 'registration' : null,
  changed_at: granted ? '2026-11-20T08:00:00Z' : null,
  ...more,
});

const CONSENTS = {
  consents: [
    consent('terms', true, { version: '2025-01-01' }),
    consent('privacy', false),
    consent('marketing', false),
    consent('recommendations', true),
  ],
  history: [
    { purpose: 'terms', granted: true, version: CURRENT, source: 'registration', created_at: '2026-11-20T08:00:00Z' },
  ],
};

const ACCOUNT = {
  ...SHOP,
  ...signedInLater(),
  'GET /auth/sessions': { items: [HERE, PHONE], next_cursor: null } as object,
  'GET /users/me/consents': CONSENTS as object,
  'GET /users/me/exports': { items: [], next_cursor: null } as object,
};

function signedInLater() {
  return { 'GET /users/me': USER as object, 'GET /orders': { items: [], next_cursor: null } as object };
}

const open = async (address: string, answers: Parameters<typeof stubApi>[0] = {}) => {
  const calls = stubApi({ ...signedIn(), ...ACCOUNT, ...answers });
  const page = await openPage(address);
  await waitFor(() => expect(document.querySelector('main h2, main input')).not.toBeNull());
  return { ...page, calls };
};

test('a name is changed, and said wherever it stands', async () => {
  const { calls } = await open('/en/account/profile', {
    'PATCH /users/me': { ...USER, full_name: '欧阳 小雨', version: 4 },
  });
  await main().findByLabelText('Name');
  await expectAccessible();
  fill(main(), { Name: ' 欧阳 小雨 ' });
  press(main(), 'Save');
  expect(await main().findByText('Saved.')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PATCH')?.body).toEqual({
    full_name: '欧阳 小雨',
    language: 'en',
    version: 3,
  });
  expect(screen.getByText('欧阳 小雨')).toBeTruthy();
});

test('a change from elsewhere stands beside what was typed', async () => {
  const answers = [problem(409, 'version_conflict'), { ...USER, full_name: 'Ada King', version: 9 }];
  const people: object[] = [USER, USER];
  const { calls } = await open('/en/account/profile', {
    'GET /users/me': () => people.shift() ?? { ...USER, full_name: 'Ada Byron', language: 'fr', version: 8 },
    'PATCH /users/me': () => answers.shift() ?? {},
  });
  await main().findByLabelText('Name');
  fill(main(), { Name: 'Ada King' });
  press(main(), 'Save');
  expect(await main().findByText('Ada Byron')).toBeTruthy();
  expect(main().getByLabelText<HTMLInputElement>('Name').value).toBe('Ada King');
  await expectAccessible();
  press(main(), 'Save');
  expect(await main().findByText('Saved.')).toBeTruthy();
  expect(calls.at(-1)?.body).toMatchObject({ full_name: 'Ada King', version: 8 });
});

test('what is there now can be taken instead', async () => {
  const people: object[] = [USER, USER];
  await open('/en/account/profile', {
    'GET /users/me': () => people.shift() ?? { ...USER, full_name: 'Ada Byron', version: 8 },
    'PATCH /users/me': () => problem(409, 'version_conflict'),
  });
  await main().findByLabelText('Name');
  fill(main(), { Name: 'Ada King' });
  press(main(), 'Save');
  fireEvent.click(await main().findByRole('button', { name: 'Take what is there' }));
  expect(main().getByLabelText<HTMLInputElement>('Name').value).toBe('Ada Byron');
});

test('a page that does not load says so, and loads again', async () => {
  let isDown = true;
  stubApi({ ...signedIn(), ...ACCOUNT, 'GET /users/me': () => (isDown ? problem(500, 'internal') : USER) });
  await openPage('/en/account/profile');
  const retry = await main().findByRole('button', { name: 'Try again' });
  isDown = false;
  fireEvent.click(retry);
  expect(await main().findByLabelText('Name')).toBeTruthy();
});

test.each(['/account/security', '/en/account/security'])('%s shows devices, this one marked', async (address) => {
  await open(address);
  expect(await main().findByText(/这台设备|This device/)).toBeTruthy();
  expect(main().getByText(/Windows 上的 Edge|Edge on Windows/)).toBeTruthy();
  await expectAccessible();
});

test('one device is signed out, then all others', async () => {
  let items = [HERE, PHONE, { ...PHONE, id: 's-3', user_agent: 'curl/8' }];
  const { calls } = await open('/en/account/security', {
    'GET /auth/sessions': () => ({ items, next_cursor: null }),
    'DELETE /auth/sessions/*': () => {
      items = items.filter(({ id }) => id !== 's-2');
      return done();
    },
    'DELETE /auth/sessions': () => {
      items = [HERE];
      return done();
    },
  });
  fireEvent.click(await main().findByRole('button', { name: 'Sign out Safari on iPhone' }));
  expect(await main().findByText(/That device opens nothing/)).toBeTruthy();
  expect(calls.find(({ method }) => method === 'DELETE')?.path).toBe('/auth/sessions/s-2');
  await waitFor(() => expect(main().queryByText('Safari on iPhone')).toBeNull());
  press(main(), 'Sign out everywhere else');
  expect(await main().findByText('You are signed in nowhere else.')).toBeTruthy();
});

test('a device that cannot be signed out stays, and more of them can be seen', async () => {
  await open('/en/account/security', {
    'GET /auth/sessions': ({ query }: { query: URLSearchParams }) =>
      query.get('cursor') ? { items: [PHONE], next_cursor: null } : { items: [HERE], next_cursor: 'more' },
    'DELETE /auth/sessions/*': () => problem(404, 'not_found'),
  });
  fireEvent.click(await main().findByRole('button', { name: 'More devices' }));
  fireEvent.click(await main().findByRole('button', { name: 'Sign out Safari on iPhone' }));
  expect(await main().findAllByText(/That did not work/)).not.toHaveLength(0);
});

test('a password is changed with the present one', async () => {
  const wrong = problem(422, 'wrong_password', {
    errors: [{ field: 'current_password', message: 'The password is wrong' }],
  });
  const answers = [wrong, done()];
  const { calls } = await open('/en/account/security', { 'POST /users/me/password': () => answers.shift() ?? {} });
  fill(main(), { 'Present password': 'not it', 'New password': 'a long walk by the sea' });
  press(main(), 'Change the password');
  expect(await main().findByText('The password is wrong.')).toBeTruthy();
  expect(document.activeElement).toBe(main().getByLabelText('Present password'));
  expect(main().getByLabelText<HTMLInputElement>('New password').value).toBe('a long walk by the sea');
  fill(main(), { 'Present password': 'sunny-orchard-42' });
  press(main(), 'Change the password');
  expect(await main().findByText(/your other devices are signed out/)).toBeTruthy();
  expect(main().getByLabelText<HTMLInputElement>('New password').value).toBe('');
  expect(calls.filter(({ path }) => path === '/users/me/password')).toHaveLength(2);
});

test('another address waits for its link, also after a reload', async () => {
  const { calls } = await open('/en/account/security', { 'POST /users/me/email': { expires_in: 86_400 } });
  fireEvent.click(await main().findByRole('button', { name: 'Change the address' }));
  const form = within(main().getByLabelText('New email address').closest('form') as HTMLElement);
  expect(document.activeElement).toBe(form.getByLabelText('New email address'));
  fill(form, { 'New email address': 'nonsense', 'Present password': 'sunny-orchard-42' });
  press(form, 'Send the link');
  expect(form.getByText('This does not look like an email address.')).toBeTruthy();
  fill(form, { 'New email address': 'ada@new.example' });
  press(form, 'Send the link');
  expect(await main().findByText(/on its way to ada@new.example/)).toBeTruthy();
  expect(calls.at(-1)?.body).toEqual({ new_email: 'ada@new.example', password: 'sunny-orchard-42' });
  expect(sessionStorage.getItem('pending-email:u-1')).toContain('ada@new.example');
  sessionStorage.clear();
});

test('an address that is not proven can have its letter again', async () => {
  const answers = [problem(429, 'too_many_attempts', {}, { 'retry-after': '30' }), { expires_in: 86_400 }];
  await open('/en/account/security', {
    'GET /users/me': { ...USER, email_verified_at: null },
    'POST /auth/email/verification': () => answers.shift() ?? {},
  });
  fireEvent.click(await main().findByRole('button', { name: 'Send it again' }));
  expect(await main().findAllByText(/try again in 30 seconds/)).not.toHaveLength(0);
  press(main(), 'Send it again');
  expect(await main().findByText(/good for 24 hours/)).toBeTruthy();
});

test.each(['/account/privacy', '/en/account/privacy'])('%s shows consents as they are', async (address) => {
  await open(address);
  const offers = await main().findByRole('switch', { name: /推荐邮件|Offers by mail/ });
  expect((offers as HTMLInputElement).checked).toBe(false);
  expect(main().getByText(/文字更新过|The text has changed/)).toBeTruthy();
  await expectAccessible();
});

test('a consent is given with the version that is shown, and a refusal puts it back', async () => {
  const answers = [
    {
      ...CONSENTS,
      consents: CONSENTS.consents.map((one) => (one.purpose === 'marketing' ? consent('marketing', true) : one)),
    },
    problem(409, 'outdated_text'),
  ];
  const { calls } = await open('/en/account/privacy', { 'PUT /users/me/consents': () => answers.shift() ?? {} });
  const offers = await main().findByRole<HTMLInputElement>('switch', { name: 'Offers by mail' });
  fireEvent.click(offers);
  await waitFor(() => expect(offers.checked).toBe(true));
  expect(calls.at(-1)?.body).toEqual({ consents: [{ purpose: 'marketing', granted: true, version: CURRENT }] });
  const chosen = main().getByRole<HTMLInputElement>('switch', { name: 'Personal recommendations' });
  fireEvent.click(chosen);
  expect(await main().findAllByText(/has just been renewed/)).not.toHaveLength(0);
  expect(chosen.checked).toBe(true);
});

test('a new text of the terms is agreed to', async () => {
  const agreed = { ...CONSENTS, consents: [consent('terms', true), consent('privacy', true)] };
  const { calls } = await open('/en/account/privacy', { 'PUT /users/me/consents': agreed });
  fireEvent.click(await main().findByRole('button', { name: 'I agree to the new text' }));
  await waitFor(() => expect(main().queryByRole('button', { name: /I agree/ })).toBeNull());
  expect(calls.at(-1)?.body).toEqual({ consents: [{ purpose: 'terms', granted: true, version: CURRENT }] });
});

const COPY = {
  id: 'e-1',
  created_at: '2026-11-30T08:00:00Z',
  expires_at: null,
  finished_at: null,
  bytes: null,
  url: null,
};

test('a copy is asked for, waited for and fetched', async () => {
  const ready = { ...COPY, status: 'completed', bytes: 2_500_000, expires_at: '2026-12-07T08:00:00Z' };
  const lists = [[], [{ ...COPY, status: 'pending' }]];
  const gone = vi.spyOn(window, 'open').mockReturnValue(null);
  const { queryClient } = await open('/en/account/privacy', {
    'GET /users/me/exports': () => ({ items: lists.shift() ?? [ready], next_cursor: null }),
    'POST /users/me/export': { ...COPY, status: 'pending' },
    'GET /users/me/exports/*': { ...ready, url: 'https://files.example/copy.zip' },
  });
  fireEvent.click(await main().findByRole('button', { name: 'Ask for a copy' }));
  expect(await main().findByText(/It is being made/)).toBeTruthy();
  expect(main().queryByRole('button', { name: 'Ask for a copy' })).toBeNull();
  await queryClient.invalidateQueries({ queryKey: ['data-exports'] });
  expect(await main().findByText('Ready, 2.5 MB')).toBeTruthy();
  press(main(), 'Download');
  await waitFor(() => expect(gone).toHaveBeenCalledWith('https://files.example/copy.zip', '_self'));
});

test('a copy that failed or expired says so, and a second one of the day is refused kindly', async () => {
  await open('/en/account/privacy', {
    'GET /users/me/exports': {
      items: [
        { ...COPY, status: 'failed' },
        { ...COPY, id: 'e-2', status: 'expired' },
        { ...COPY, id: 'e-3', status: 'completed', bytes: 10, expires_at: '2026-12-07T08:00:00Z' },
      ],
      next_cursor: null,
    },
    'POST /users/me/export': () => problem(429, 'export_too_soon', {}, { 'retry-after': '50000' }),
    'GET /users/me/exports/*': { ...COPY, status: 'expired' },
  });
  expect(await main().findByText('Expired and removed.')).toBeTruthy();
  expect(main().getByText('That did not work. Please ask again.')).toBeTruthy();
  press(main(), 'Ask for a copy');
  expect(await main().findByText(/There is one copy a day/)).toBeTruthy();
  press(main(), 'Download');
  expect(await main().findByText(/There was no link/)).toBeTruthy();
});

test('an account is closed with its password, and what happens is said afterwards', async () => {
  const wrong = problem(422, 'wrong_password', { errors: [{ field: 'password', message: 'wrong' }] });
  const answers = [wrong, { due_at: '2026-12-14T10:00:00Z', waits_for: null }];
  const { calls, router, session } = await open('/en/account/privacy', {
    'DELETE /users/me': () => answers.shift() ?? {},
  });
  fireEvent.click(await main().findByRole('button', { name: 'Close the account…' }));
  const dialog = within(screen.getByRole('dialog', { name: 'Close your account?' }));
  await expectAccessible();
  fill(dialog, { 'Present password': 'not it' });
  press(dialog, 'Close my account');
  expect(await dialog.findByText('The password is wrong.')).toBeTruthy();
  fill(dialog, { 'Present password': 'sunny-orchard-42' });
  fireEvent.click(dialog.getByLabelText('Delete my reviews as well'));
  press(dialog, 'Close my account');
  expect(await main().findByRole('heading', { level: 1, name: 'Your account is closed' })).toBeTruthy();
  expect(calls.findLast(({ method }) => method === 'DELETE')?.body).toEqual({
    password: 'sunny-orchard-42',
    delete_reviews: true,
  });
  expect(router.state.location.pathname).toBe('/keep-account');
  await waitFor(() => expect(session.state).toEqual({ status: 'anonymous' }));
});

test('closing can be thought better of', async () => {
  const { calls } = await open('/en/account/privacy');
  fireEvent.click(await main().findByRole('button', { name: 'Close the account…' }));
  press(within(screen.getByRole('dialog')), 'Keep it');
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(calls.some(({ method }) => method === 'DELETE')).toBe(false);
});

test('devices, sizes and languages have names', () => {
  expect(deviceOf(IPHONE)).toEqual({ browser: 'Safari', system: 'iPhone', isPhone: true });
  expect(deviceOf(WINDOWS)).toEqual({ browser: 'Edge', system: 'Windows', isPhone: false });
  expect(deviceOf('curl/8')).toEqual({ browser: null, system: '', isPhone: false });
  expect(fileSize(10, 'en')).toBe('1 kB');
  expect(fileSize(184_320, 'en')).toBe('184 kB');
  expect(fileSize(5e12, 'en')).toBe('5,000 GB');
  expect(languageChoices('fr')).toEqual(['fr', 'zh-CN', 'en']);
  expect(languageChoices('en')).toEqual(['zh-CN', 'en']);
  expect(languageName('fr', 'en')).toBe('French');
});
