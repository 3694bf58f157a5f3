import { type Answers, type Call, problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { type Opening, openAdmin } from '../../testing/open.tsx';

const SETTINGS = {
  name: 'Kontor',
  email: 'post@kontor.example',
  phone: '',
  address: 'Speicherstadt 1\n20457 Hamburg',
  time_zone: 'Europe/Berlin',
  logo_id: null,
  logo: null,
  version: 0,
  updated_at: null,
};
const LOGO = { url: '/media/logo.webp', blurhash: null, width: 640, height: 160, variants: [] };
const TEXT = {
  name: 'terms',
  language: 'en',
  title: 'Terms',
  markdown: '# Terms\n\nWe sell what we describe.',
  html: '<p>We sell what we describe.</p>',
  version: 0,
  updated_at: null,
};
const SITE = {
  name: 'Kontor',
  email: 'post@kontor.example',
  languages: ['zh-CN', 'en'],
  legal_pages: [{ name: 'terms', url: 'https://shop.example/legal/terms' }],
};
const ANSWERS: Answers = {
  'GET /site': SITE,
  'GET /admin/site': SETTINGS,
  'PUT /admin/site': ({ body }: Call) => ({ ...SETTINGS, ...(body as object), version: 1 }),
  'GET /admin/site/legal/terms/en': TEXT,
  'PUT /admin/site/legal/terms/en': ({ body }: Call) => ({
    ...TEXT,
    ...(body as object),
    html: '<p>New</p>',
    version: 1,
  }),
};

const open = (path: string, answers: Answers = {}, opening: Opening = {}) =>
  openAdmin(path, { ...ANSWERS, ...answers }, { permissions: ['settings:write'], ...opening });

/** `XMLHttpRequest` as far as an upload needs it. */
class SentRequest {
  upload = { onprogress: (_: { loaded: number; total: number }) => undefined };
  status = 204;
  onload = () => undefined;
  open() {}
  send() {
    this.upload.onprogress({ loaded: 1, total: 1 });
    setTimeout(() => this.onload());
  }
}

beforeEach(() => {
  // Of some four hundred zones, each of which is looked at by whoever looks for a role.
  vi.spyOn(Intl, 'supportedValuesOf').mockReturnValue(['Asia/Shanghai', 'Europe/Berlin']);
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:logo', revokeObjectURL: () => undefined }));
});

const shop = async () => within(await screen.findByRole('form', { name: 'Shop' }));

test('name, contact and time zone are written, and what was not is sent as it is stored', async () => {
  const { calls } = await open('/admin/settings');
  const form = await shop();
  await expectAccessible();
  await userEvent.clear(form.getByRole('textbox', { name: /Name of the shop/ }));
  await userEvent.type(form.getByRole('textbox', { name: /Name of the shop/ }), 'Kontor Nord');
  await userEvent.selectOptions(form.getByRole('combobox', { name: 'Time zone' }), 'Asia/Shanghai');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The settings are saved')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({
    name: 'Kontor Nord',
    email: SETTINGS.email,
    phone: '',
    address: SETTINGS.address,
    time_zone: 'Asia/Shanghai',
    logo_id: null,
    version: 0,
  });
});

test('the head names the shop as the API tells it', async () => {
  await open('/admin/settings');
  expect((await screen.findAllByText('Kontor', { exact: false })).length).toBeGreaterThan(0);
  await waitFor(() => expect(document.title).toBe('Settings · Kontor'));
});

test('what the API refuses stands beside its field', async () => {
  const errors = [{ field: 'body.phone', message: 'String should match a pattern' }];
  await open('/admin/settings', { 'PUT /admin/site': () => problem(422, 'validation_failed', { errors }) });
  const form = await shop();
  await userEvent.type(form.getByRole('textbox', { name: /Telephone/ }), 'call me');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  const phone = form.getByRole('textbox', { name: /Telephone/ });
  await waitFor(() => expect(phone.getAttribute('aria-invalid')).toBe('true'));
});

test('of two who write, the second sees what the first wrote', async () => {
  const stored = { ...SETTINGS, name: 'Kontor Süd', version: 4 };
  let reads = 0;
  await open('/admin/settings', {
    'GET /admin/site': () => (reads++ === 0 ? SETTINGS : stored),
    'PUT /admin/site': () => problem(409, 'version_conflict', { version: 4 }),
  });
  const form = await shop();
  await userEvent.type(form.getByRole('textbox', { name: /Name of the shop/ }), '!');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  const dialog = within(await screen.findByRole('dialog'));
  expect(dialog.getByText('Kontor!')).toBeTruthy();
  expect(dialog.getByText('Kontor Süd')).toBeTruthy();
  await expectAccessible();
});

test('a logo is sent, looked at and saved, whatever else was saved meanwhile', async () => {
  vi.stubGlobal('XMLHttpRequest', SentRequest);
  const media = { id: 'm-1', status: 'ready', url: LOGO.url, reason: null };
  const stored = { ...SETTINGS, name: 'Kontor Süd', version: 2 };
  let reads = 0;
  const { calls } = await open('/admin/settings', {
    'POST /media/uploads': { media, upload: { url: 'https://storage.example/', fields: {}, expires_at: '' } },
    'GET /media/m-1': media,
    'GET /admin/site': () => (reads++ === 0 ? SETTINGS : stored),
    'PUT /admin/site': ({ body }: Call) =>
      (body as { version: number }).version === 2
        ? { ...stored, logo_id: 'm-1', logo: LOGO, version: 3 }
        : problem(409, 'version_conflict', { version: 2 }),
  });
  const form = within(await screen.findByRole('form', { name: 'Logo' }));
  expect(form.getByText(/There is no logo yet/)).toBeTruthy();
  await userEvent.upload(form.getByLabelText('Choose a picture'), new File(['x'], 'logo.png', { type: 'image/png' }));
  expect(form.getByRole('img', { name: 'Logo' })).toBeTruthy();
  await waitFor(() => expect(calls.some(({ path }) => path === '/media/m-1')).toBe(true));
  await waitFor(() => expect(form.getByRole('status').textContent).toBe(''));
  await userEvent.click(form.getByRole('button', { name: 'Save the logo' }));
  expect(await screen.findByText('The logo is saved')).toBeTruthy();
  expect(calls.filter(({ method }) => method === 'PUT').at(-1)?.body).toMatchObject({
    name: 'Kontor Süd',
    logo_id: 'm-1',
    version: 2,
  });
  expect(calls.find(({ path }) => path === '/media/uploads')?.body).toMatchObject({ purpose: 'site' });
});

test('a logo is removed, and a file that is no picture is refused in words', async () => {
  const { calls } = await open('/admin/settings', { 'GET /admin/site': { ...SETTINGS, logo_id: 'm-1', logo: LOGO } });
  const form = within(await screen.findByRole('form', { name: 'Logo' }));
  await userEvent.click(form.getByRole('button', { name: 'Remove the logo' }));
  await userEvent.click(form.getByRole('button', { name: 'Save the logo' }));
  expect(await screen.findByText('The logo is saved')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toMatchObject({ logo_id: null });
  const user = userEvent.setup({ applyAccept: false });
  await user.upload(form.getByLabelText('Choose a picture'), new File(['x'], 'logo.pdf', { type: 'application/pdf' }));
  expect(form.getByText(/no JPEG, PNG or WebP/)).toBeTruthy();
  await expectAccessible();
});

test('a picture that is still on its way is not left out of what is saved', async () => {
  const { calls } = await open('/admin/settings', { 'POST /media/uploads': () => new Promise<never>(() => undefined) });
  const form = within(await screen.findByRole('form', { name: 'Logo' }));
  await userEvent.upload(form.getByLabelText('Choose a picture'), new File(['x'], 'logo.png', { type: 'image/png' }));
  expect(form.getByText('Sending…')).toBeTruthy();
  await userEvent.click(form.getByRole('button', { name: 'Save the logo' }));
  expect(await screen.findByText(/still on its way/)).toBeTruthy();
  expect(calls.some(({ method }) => method === 'PUT')).toBe(false);
});

test('a legal text is found by page and language, written as Markdown, and shown as its readers see it', async () => {
  const { calls, history } = await open('/admin/settings');
  await userEvent.click(await screen.findByRole('link', { name: 'Terms English' }));
  expect(history.location.pathname).toBe('/admin/settings/legal/terms/en');
  const field = await screen.findByRole('textbox', { name: /Text in Markdown/ });
  expect(screen.getByText('We sell what we describe.', { selector: 'p' })).toBeTruthy();
  await expectAccessible();
  await userEvent.clear(field);
  await userEvent.type(field, '# Terms{enter}{enter}New');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('The text is saved')).toBeTruthy();
  expect(calls.find(({ method }) => method === 'PUT')?.body).toEqual({ markdown: '# Terms\n\nNew', version: 0 });
  expect(await screen.findByText('New', { selector: 'p' })).toBeTruthy();
});

test('a page that the shop does not have is said to be missing', async () => {
  await open('/admin/settings/legal/nothing/fr');
  expect(await screen.findByRole('heading', { name: 'nothing (fr)' })).toBeTruthy();
  await waitFor(() => expect(screen.queryByRole('textbox')).toBeNull());
});

test('in Chinese it is called by Chinese words', async () => {
  await open('/admin/settings', {}, { locale: 'zh-CN' });
  expect(await screen.findByRole('heading', { level: 1, name: '设置' })).toBeTruthy();
  expect(await screen.findByRole('link', { name: '服务条款 中文' })).toBeTruthy();
  await expectAccessible();
});

test('who may not write settings does not see them', async () => {
  const { asked } = await open('/admin/settings', {}, { permissions: ['orders:read_all'] });
  await screen.findByRole('heading', { level: 1 });
  expect(screen.queryByRole('link', { name: 'Settings' })).toBeNull();
  expect(asked('GET /admin/site')).toEqual([]);
});

test('times are told in the zone of the shop, wherever its staff are', async () => {
  const noNotes = { items: [], next_cursor: null };
  const person = {
    id: 'u-9',
    email: 'lin@example.com',
    full_name: 'Lin',
    roles: ['customer'],
    is_active: true,
    language: 'en',
    email_verified_at: '2026-03-01T23:30:00Z',
    marketing_consent_at: null,
    created_at: '2026-03-01T23:30:00Z',
    version: 1,
    changes: [{ created_at: '2026-03-01T23:30:00Z', changes: { is_active: { after: true } }, reason: 'Proven' }],
  };
  await open(
    '/admin/customers/u-9',
    {
      'GET /site': { ...SITE, time_zone: 'Asia/Tokyo' },
      'GET /admin/users/u-9': person,
      'GET /admin/users/u-9/sessions': { items: [] },
      'GET /admin/users/u-9/notes': noNotes,
    },
    { permissions: ['users:read'] },
  );
  expect(await screen.findByText(/Mar 2, 2026, 8:30/)).toBeTruthy();
});
