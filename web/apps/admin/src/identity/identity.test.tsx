import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const ALL = ['users:read', 'users:write', 'orders:read_all'];
const PERSON = {
  id: 'u-9',
  email: 'ada@example.com',
  full_name: 'Ada Lovelace',
  roles: ['customer'],
  is_active: true,
  email_verified_at: '2026-11-01T10:00:00Z',
  version: 3,
  created_at: '2026-11-01T10:00:00Z',
  updated_at: '2026-11-01T10:00:00Z',
  language: 'en',
  marketing_consent_at: null,
  sessions: 1,
  changes: [
    {
      actor_id: 'u-1',
      changes: {
        roles: { before: ['customer', 'admin'], after: ['customer'] },
        is_active: { before: false, after: true },
      },
      reason: 'Left the team',
      created_at: '2026-11-20T10:00:00Z',
    },
  ],
};
const SESSION = {
  id: 's-1',
  user_agent: 'Firefox on a laptop',
  created_at: '2026-11-29T10:00:00Z',
  last_used_at: '2026-11-30T10:00:00Z',
};
const NOTE = { id: 'n-1', author_id: 'u-1', body: 'Calls on Mondays', created_at: '2026-11-29T10:00:00Z' };
const ONE = {
  'GET /admin/users/*': PERSON,
  'GET /admin/users/*/sessions': { items: [SESSION], next_cursor: null },
  'GET /admin/users/*/notes': { items: [NOTE], next_cursor: null },
};

test('people are found by how a name begins', async () => {
  const { asked, history } = await openAdmin(
    '/admin/customers?role=customer',
    {
      'GET /admin/users': {
        items: [PERSON, { ...PERSON, id: 'u-8', full_name: '', is_active: false }],
        next_cursor: null,
      },
    },
    { permissions: ALL },
  );
  expect(await screen.findByRole('rowheader', { name: 'Ada Lovelace' })).toBeTruthy();
  expect(screen.getByRole('cell', { name: 'Deactivated' })).toBeTruthy();
  await userEvent.type(screen.getByLabelText('Beginning of a name or address'), 'love{Enter}');
  await waitFor(() => expect(asked('GET /admin/users').at(-1)?.query.get('q')).toBe('love'));
  expect(asked('GET /admin/users').at(-1)?.query.get('role')).toBe('customer');
  expect(history.location.search).toContain('q=love');
  await expectAccessible();
});

test('one page has who somebody is, where they are signed in and what colleagues wrote', async () => {
  const { asked } = await openAdmin(
    '/admin/customers/u-9',
    {
      ...ONE,
      'POST /admin/users/*/notes': ({ body }) => ({ ...NOTE, id: 'n-2', ...(body as object) }),
      'DELETE /admin/users/*/notes/*': () => new Response(null, { status: 204 }),
      'DELETE /admin/users/*/sessions': () => new Response(null, { status: 204 }),
    },
    { permissions: ALL },
  );
  expect(await screen.findByRole('heading', { level: 1, name: 'Ada Lovelace' })).toBeTruthy();
  expect(await screen.findByText('Firefox on a laptop')).toBeTruthy();
  expect(screen.getByText('Roles: Customer; Let in')).toBeTruthy();
  await expectAccessible();

  await userEvent.type(screen.getByLabelText(/^New note/), 'Likes blue');
  await userEvent.click(screen.getByRole('button', { name: 'Add the note' }));
  expect(await screen.findByText('The note is added')).toBeTruthy();
  const [call] = asked('POST /admin/users/u-9/notes');
  expect([call?.body, call?.headers.get('idempotency-key')]).toEqual([{ body: 'Likes blue' }, expect.any(String)]);
  expect((screen.getByLabelText(/^New note/) as HTMLTextAreaElement).value).toBe('');

  await userEvent.click(screen.getByRole('button', { name: 'Delete the note: Calls on Mondays' }));
  const asking = within(await screen.findByRole('dialog', { name: 'Delete the note' }));
  await userEvent.click(asking.getByRole('button', { name: 'Delete the note' }));
  expect(await screen.findByText('The note is deleted')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Sign out everywhere' }));
  const dialog = within(await screen.findByRole('dialog'));
  await userEvent.click(dialog.getByRole('button', { name: 'Sign out everywhere' }));
  expect(await screen.findByText('Signed out everywhere')).toBeTruthy();
  expect(asked('DELETE /admin/users/u-9/sessions')).toHaveLength(1);
});

test('roles are changed with a reason; what is refused is said and stays written', async () => {
  let isRefused = true;
  const { asked } = await openAdmin(
    '/admin/customers/u-9',
    {
      ...ONE,
      'PATCH /admin/users/*': ({ body }) => {
        if (isRefused) return problem(409, 'user_not_verified');
        return { ...PERSON, ...(body as object), version: 4 };
      },
    },
    { permissions: ALL },
  );
  const form = within(await screen.findByRole('form', { name: 'Roles and access' }));
  await userEvent.click(form.getByLabelText('Moderator'));
  await userEvent.type(form.getByLabelText('Reason'), 'Joins the team');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('New roles are for accounts whose address is verified.')).toBeTruthy();
  isRefused = false;
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText('Saved')).toBeTruthy();
  expect(asked('PATCH /admin/users/u-9').at(-1)?.body).toEqual({
    roles: ['customer', 'moderator'],
    is_active: true,
    reason: 'Joins the team',
    version: 3,
  });
});

test('who may only read changes nothing; what is not there says so', async () => {
  await openAdmin(
    '/admin/customers/u-9',
    { ...ONE, 'GET /admin/users/*/notes': { items: [], next_cursor: null } },
    { permissions: ['users:read'] },
  );
  expect(await screen.findByText('There are no notes yet.')).toBeTruthy();
  expect(screen.queryByRole('form')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Sign out everywhere' })).toBeNull();
});
