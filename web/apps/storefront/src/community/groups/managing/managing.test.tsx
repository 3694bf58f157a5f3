import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ADA, COMMUNITY, GROUP, LIN, listed } from '../../../testing/community.ts';
import { done, main } from '../../../testing/forms.ts';
import { openPage } from '../../../testing/openPage.tsx';
import { signedIn } from '../../../testing/signedIn.ts';

const AT = '2026-11-20T08:00:00Z';
const OWNER = { ...GROUP.viewer, membership: 'owner', can_post: true, can_moderate: true, can_manage: true };
const OWNED = { ...GROUP, viewer: OWNER };
const MODERATED = { ...GROUP, viewer: { ...OWNER, membership: 'moderator', can_manage: false } };
const MANAGE = '/en/groups/tea/manage';
const EVE = { ...ADA, id: '01931b6e-0000-7000-8000-00000000000e', username: 'eve', display_name: 'Eve' };

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /groups': listed(),
  'GET /groups/tea': OWNED,
  'GET /groups/tea/posts': listed(),
  ...more,
});
const button = (name: string | RegExp) => main().findByRole('button', { name });
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));
const sent = (calls: readonly Call[], method: string, part: string) =>
  calls.filter((call) => call.method === method && call.path.endsWith(part));

test.each(['/groups/new', '/en/groups/new', MANAGE])('%s asks who is not signed in to do so', async (address) => {
  stubApi(COMMUNITY);
  await openPage(address);
  expect((await main().findByRole('link', { name: /^(登录|Sign in)$/ })).getAttribute('href')).toContain('next=');
  await expectAccessible();
});

test('a group is made once, and what was written stays until it is', async () => {
  const refusals = [problem(409, 'slug_taken'), problem(503, 'temporarily_unavailable')];
  const calls = stubApi(
    answers({
      'POST /groups': ({ body }: Call) => refusals.pop() ?? { ...OWNED, ...(body as object), slug: 'oolong' },
      'GET /groups/oolong': { ...OWNED, name: 'Oolong', slug: 'oolong' },
      'GET /groups/oolong/posts': listed(),
    }),
  );
  const { router } = await openPage('/en/groups');
  await userEvent.click(await main().findByRole('link', { name: 'New group' }));
  await userEvent.click(await button('Make the group'));
  expect(main().getByText('A name has 2 to 80 characters.')).toBeTruthy();
  await userEvent.type(main().getByLabelText('Name'), 'Oolong');
  await userEvent.type(main().getByLabelText('Rules'), 'Be kind\n\nNo spam');
  await userEvent.click(main().getByLabelText(/^By request/));
  await expectAccessible();
  await userEvent.click(await button('Make the group'));
  expect(await main().findByText(/did not work/)).toBeTruthy();
  await userEvent.click(await button('Make the group'));
  expect(await main().findByText('Another group has this address.')).toBeTruthy();
  expect(main().getByLabelText('Name in its address').getAttribute('aria-invalid')).toBe('true');
  await userEvent.type(main().getByLabelText('Name in its address'), 'oolong');
  await userEvent.click(await button('Make the group'));
  await waitFor(() => expect(router.state.location.pathname).toBe('/groups/oolong'));
  const [first, second, third] = sent(calls, 'POST', '/groups');
  const keyOf = (call: Call | undefined) => call?.headers.get('idempotency-key');
  expect(keyOf(first)).toBe(keyOf(second));
  expect(keyOf(third)).not.toBe(keyOf(second));
  expect(third?.body).toEqual({
    name: 'Oolong',
    slug: 'oolong',
    description: '',
    rules: ['Be kind', 'No spam'],
    access: 'request',
  });
});

test('requests are answered, and one that a colleague answered says so', async () => {
  let waiting: object[] = [
    { person: LIN, message: 'I brew', created_at: AT },
    { person: EVE, message: '', created_at: AT },
  ];
  const calls = stubApi(
    answers({
      'GET /groups/tea/requests': () => listed(...waiting),
      [`POST /groups/tea/requests/${LIN.id}/decision`]: () => {
        waiting = waiting.slice(1);
        return done();
      },
      [`POST /groups/tea/requests/${EVE.id}/decision`]: () => problem(404, 'person_not_found'),
    }),
  );
  await openPage('/en/groups/tea');
  await userEvent.click(await main().findByRole('link', { name: 'Manage' }));
  expect(await main().findByText('I brew')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(await button(`Accept ${LIN.display_name}`));
  await waitFor(() => expect(main().queryByText('I brew')).toBeNull());
  await userEvent.click(await button('Decline Eve'));
  expect(await main().findByText(/somebody has answered the request/)).toBeTruthy();
  expect(sent(calls, 'POST', '/decision').map(({ body }) => body)).toEqual([
    { decision: 'accept' },
    { decision: 'decline' },
  ]);
});

test('members get roles, are removed and banned for a while', async () => {
  const calls = stubApi(
    answers({
      'GET /groups/tea/members': listed(
        { person: ADA, role: 'owner', joined_at: AT },
        { person: LIN, role: 'moderator', joined_at: AT },
        { person: EVE, role: 'member', joined_at: AT },
      ),
      [`PUT /groups/tea/members/${ADA.id}/role`]: () => problem(409, 'last_owner'),
      [`PUT /groups/tea/members/${EVE.id}/role`]: done,
      [`DELETE /groups/tea/members/${LIN.id}`]: done,
      [`PUT /groups/tea/bans/${EVE.id}`]: done,
    }),
  );
  await openPage(`${MANAGE}?tab=members`);
  await userEvent.selectOptions(await main().findByLabelText('Role of Ada Hughes'), 'Member');
  expect(await main().findByText(/Please make somebody else one first/)).toBeTruthy();
  expect(main().queryByRole('button', { name: 'Remove Ada Hughes' })).toBeNull();
  await userEvent.selectOptions(main().getByLabelText('Role of Eve'), 'Moderator');
  await waitFor(() => expect(sent(calls, 'PUT', `${EVE.id}/role`)[0]?.body).toEqual({ role: 'moderator' }));
  await userEvent.click(await button(`Remove ${LIN.display_name}`));
  const sure = await dialog(`Remove ${LIN.display_name} from the group?`);
  await expectAccessible();
  await userEvent.click(sure.getByRole('button', { name: 'Remove' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(await button('Ban Eve'));
  const ban = await dialog('Ban Eve');
  await userEvent.selectOptions(ban.getByLabelText('For how long'), 'A day');
  await userEvent.type(ban.getByLabelText('Reason'), 'Advertises');
  await userEvent.click(ban.getByRole('button', { name: 'Ban' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const body = sent(calls, 'PUT', `/bans/${EVE.id}`)[0]?.body as { reason: string; until: string };
  expect(body.reason).toBe('Advertises');
  expect(Date.parse(body.until)).toBeGreaterThan(Date.now());
});

test('a moderator decides about members alone, and changes neither roles nor the group', async () => {
  stubApi(
    answers({
      'GET /groups/tea': MODERATED,
      'GET /groups/tea/members': listed(
        { person: LIN, role: 'moderator', joined_at: AT },
        { person: EVE, role: 'member', joined_at: AT },
      ),
    }),
  );
  await openPage(`${MANAGE}?tab=members`);
  expect(await button('Ban Eve')).toBeTruthy();
  expect(main().queryByRole('button', { name: `Ban ${LIN.display_name}` })).toBeNull();
  expect(main().queryByLabelText('Role of Eve')).toBeNull();
  await userEvent.click(main().getByRole('link', { name: 'Settings' }));
  expect(await main().findByText('There are no flairs yet.')).toBeTruthy();
  expect(main().queryByRole('button', { name: 'Close the group' })).toBeNull();
});

test('somebody is invited by name; invitations are withdrawn, and bans ended', async () => {
  const calls = stubApi(
    answers({
      'GET /groups/tea/invitations': listed({ person: LIN, message: '', created_at: AT }),
      'GET /users/eve': { ...EVE, stats: {}, relation: null },
      'GET /users/nobody': () => problem(404, 'user_not_found'),
      [`PUT /groups/tea/invitations/${EVE.id}`]: done,
      [`DELETE /groups/tea/invitations/${LIN.id}`]: done,
      'GET /groups/tea/bans': listed(
        { person: EVE, reason: 'Advertises', until: '2099-01-01T08:00:00Z', created_at: AT },
        { person: LIN, reason: '', until: null, created_at: AT },
      ),
      [`DELETE /groups/tea/bans/${EVE.id}`]: done,
    }),
  );
  await openPage(`${MANAGE}?tab=invitations`);
  const name = await main().findByLabelText('Username');
  await userEvent.type(name, 'nobody{Enter}');
  expect(await main().findByText('There is no such person.')).toBeTruthy();
  await userEvent.clear(name);
  await userEvent.type(name, '@eve{Enter}');
  expect(await main().findByText('@eve is invited.')).toBeTruthy();
  await userEvent.click(await button(`Withdraw the invitation of ${LIN.display_name}`));
  await waitFor(() => expect(sent(calls, 'DELETE', `/invitations/${LIN.id}`)).toHaveLength(1));
  await userEvent.click(main().getByRole('link', { name: 'Bans' }));
  expect(await main().findByText('Advertises')).toBeTruthy();
  expect(main().getByText('For ever')).toBeTruthy();
  await userEvent.click(await button('End the ban of Eve'));
  await waitFor(() => expect(sent(calls, 'DELETE', `/bans/${EVE.id}`)).toHaveLength(1));
});

test('owners change the group at the version they saw, and what a colleague changed is shown', async () => {
  let now = { ...OWNED, access: 'request', flairs: [] as object[] };
  const calls = stubApi(
    answers({
      'GET /groups/tea': () => now,
      'PATCH /groups/tea': ({ body }: Call) => {
        const { version, ...changes } = body as { version: number; name: string };
        if (version !== now.version) return problem(409, 'version_conflict');
        now = { ...now, ...changes, version: version + 1 };
        return now;
      },
      'POST /groups/tea/flairs': ({ body }: Call) => {
        const flair = { id: 'f-1', ...(body as object) };
        now = { ...now, flairs: [flair] };
        return flair;
      },
      'DELETE /groups/tea/flairs/f-1': () => {
        now = { ...now, flairs: [] };
        return done();
      },
      'PUT /groups/tea/closure': () => {
        now = { ...now, closed_at: AT };
        return now;
      },
      'DELETE /groups/tea/closure': () => {
        now = { ...now, closed_at: null };
        return now;
      },
    }),
  );
  await openPage(`${MANAGE}?tab=settings`);
  const name = await main().findByLabelText('Name');
  expect(main().queryByLabelText(/^Everybody/)).toBeNull();
  now = { ...now, name: 'Green tea', version: 5 };
  await userEvent.type(name, ' time');
  await userEvent.click(await button('Save'));
  expect(await main().findByText(/Green tea/)).toBeTruthy();
  expect((name as HTMLInputElement).value).toBe('Tea time');
  await expectAccessible();
  await userEvent.click(await button('Save'));
  expect(await main().findByText('Saved.')).toBeTruthy();
  expect(sent(calls, 'PATCH', '/groups/tea').at(-1)?.body).toMatchObject({ name: 'Tea time', version: 5 });
  await userEvent.type(main().getByLabelText('New flair'), 'Question{Enter}');
  await userEvent.click(await button('Delete the flair Question'));
  expect(await main().findByText('There are no flairs yet.')).toBeTruthy();
  await userEvent.click(await button('Close the group'));
  await userEvent.click((await dialog('Close this group?')).getByRole('button', { name: 'Close the group' }));
  await userEvent.click(await button('Open the group again'));
  expect(await button('Close the group')).toBeTruthy();
});

test('what the API cannot take is said beside its field', async () => {
  const errors = [
    { field: 'body.name', message: 'too short' },
    { field: 'body.rules.0', message: 'too long' },
  ];
  stubApi(answers({ 'POST /groups': () => problem(422, 'validation_failed', { errors }) }));
  await openPage('/en/groups/new');
  await userEvent.type(await main().findByLabelText('Name'), 'T');
  await userEvent.click(await button('Make the group'));
  expect(await main().findByText('There are up to 20 rules, each of up to 300 characters.')).toBeTruthy();
  expect(main().getByLabelText('Name').getAttribute('aria-invalid')).toBe('true');
});

test('who does not moderate the group is told so', async () => {
  stubApi(answers({ 'GET /groups/tea': GROUP }));
  await openPage(MANAGE);
  expect(await main().findByText('This is for moderators of the group')).toBeTruthy();
});

test('a group that is not there says so', async () => {
  stubApi(answers({ 'GET /groups/tea': () => problem(404, 'group_not_found') }));
  await openPage(MANAGE);
  expect(await main().findByRole('button', { name: 'Try again' })).toBeTruthy();
});
