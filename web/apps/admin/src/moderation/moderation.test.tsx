import { problem } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { openAdmin } from '../testing/open.tsx';

const MODERATOR = ['reports:read', 'reports:moderate'];
const ROW = {
  id: 'c-1',
  target: { kind: 'post', id: 'p-1' },
  owner: { id: 'u-9', username: 'mallory', display_name: 'Mallory', standing: 'good' },
  status: 'open',
  report_count: 3,
  reasons: { scam: 2, spam: 1 },
  is_screened: true,
  is_held: false,
  snapshot: { text: 'Guaranteed 900% in a week' },
  claim: null,
  decision: null,
  version: 4,
  created_at: '2026-11-29T10:00:00Z',
  updated_at: '2026-11-30T10:00:00Z',
};
const ACTION = {
  id: 'a-1',
  kind: 'warn',
  target: { kind: 'post', id: 'p-0' },
  case_id: 'c-0',
  moderator_id: 'u-2',
  reason: 'Advertising',
  ends_at: null,
  undone_at: null,
  created_at: '2026-11-01T10:00:00Z',
};
const CASE = {
  ...ROW,
  snapshots: [
    { version: 1, taken_at: '2026-11-29T10:00:00Z', content: { text: 'Guaranteed 500% in a week' } },
    { version: 2, taken_at: '2026-11-29T11:00:00Z', content: { text: 'Guaranteed 900% in a week' } },
  ],
  reports: [
    {
      id: 'r-1',
      reporter: { id: 'u-3', username: 'ada' },
      reason: 'scam',
      text: 'Asks for money',
      target_version: 2,
      created_at: '2026-11-29T10:00:00Z',
    },
    { id: 'r-2', reporter: null, reason: 'spam', text: '', target_version: 2, created_at: '2026-11-29T12:00:00Z' },
  ],
  screenings: [
    {
      rule_id: 'k-1',
      rule_version: 1,
      phrase: 'guaranteed',
      action: 'flag',
      field: 'text',
      start: 0,
      end: 10,
      target_version: 2,
      is_changed: true,
      created_at: '2026-11-29T10:00:00Z',
    },
  ],
  actions: [],
  history: {
    cases: { resolved: 2 },
    actions: [ACTION],
    standing: {
      standing: 'suspended',
      until: '2026-12-05T10:00:00Z',
      reason: 'Spam',
      joined_at: '2026-01-01T10:00:00Z',
    },
    posts: 17,
  },
  present: { is_shown: true, version: 3, content: { text: 'Nothing to see here' } },
};
const mine = { by: 'u-1', name: 'Grace', until: '2026-11-30T12:15:00Z' };

test('cases are chosen by the address, and say what is reported in its own words', async () => {
  const { asked } = await openAdmin(
    '/admin/reports?reason=scam&claimed=nobody&screened=true',
    { 'GET /admin/reports': { items: [ROW, { ...ROW, id: 'c-2', claim: mine }], next_cursor: null, open: [] } },
    { permissions: MODERATOR },
  );
  const [row] = await screen.findAllByRole('link', { name: 'Post Guaranteed 900% in a week' });
  expect(row?.getAttribute('href')).toBe('/admin/reports/c-1');
  expect(screen.getAllByRole('cell', { name: 'Scam, Spam' })).toHaveLength(2);
  expect(screen.getByRole('cell', { name: 'Grace' })).toBeTruthy();
  const query = asked('GET /admin/reports')[0]?.query;
  expect([query?.get('status'), query?.get('reason'), query?.get('claimed'), query?.get('screened')]).toEqual([
    'open',
    'scam',
    'nobody',
    'true',
  ]);
  await expectAccessible();
});

test('a case is claimed, acted on and closed by who has it', async () => {
  let now: object = CASE;
  const { asked } = await openAdmin(
    '/admin/reports/c-1',
    {
      'GET /admin/reports/*': () => now,
      'POST /admin/reports/*/claim': () => {
        now = { ...CASE, claim: mine };
        return now;
      },
      'POST /admin/reports/*/actions': () => {
        now = { ...CASE, status: 'resolved', decision: { by: 'u-1', at: '2026-11-30T12:05:00Z', note: null } };
        return ACTION;
      },
    },
    { permissions: MODERATOR },
  );
  expect(await screen.findByText('Guaranteed 900% in a week')).toBeTruthy();
  expect(screen.getByText('Nothing to see here')).toBeTruthy();
  expect(screen.getByText('A former user', { exact: false })).toBeTruthy();
  expect(screen.getByText('changed since')).toBeTruthy();
  expect(screen.getByText('Suspended')).toBeTruthy();
  await expectAccessible();
  expect(screen.queryByRole('form', { name: 'Act' })).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Claim' }));
  const act = within(await screen.findByRole('form', { name: 'Act' }));
  await userEvent.click(act.getByRole('button', { name: 'Do it' }));
  expect(act.getAllByText('Please fill this in.')).toHaveLength(2);
  expect(asked('POST /admin/reports/c-1/actions')).toHaveLength(0);
  await userEvent.selectOptions(act.getByLabelText('Action'), 'Suspend from writing');
  await userEvent.type(act.getByLabelText('Reason'), 'A scam');
  await userEvent.type(act.getByLabelText(/^Ends/), '2026-12-24T18:00');
  await userEvent.click(act.getByRole('button', { name: 'Do it' }));
  expect(await screen.findByRole('region', { name: 'Resolved' })).toBeTruthy();
  expect(asked('POST /admin/reports/c-1/actions')[0]?.body).toEqual({
    kind: 'suspend',
    reason: 'A scam',
    ends_at: new Date('2026-12-24T18:00').toISOString(),
    closes_case: true,
  });
});

test('a case is dismissed, also after somebody else changed it meanwhile', async () => {
  let now: typeof CASE = { ...CASE, claim: mine as never };
  const { asked } = await openAdmin(
    '/admin/reports/c-1',
    {
      'GET /admin/reports/*': () => now,
      'PATCH /admin/reports/*': ({ body }) => {
        if ((body as { version: number }).version === 4) {
          now = { ...now, version: 5 };
          return problem(409, 'version_conflict');
        }
        now = {
          ...now,
          status: 'dismissed',
          decision: { by: 'u-1', at: '2026-11-30T12:05:00Z', note: 'Fine' } as never,
        };
        return now;
      },
    },
    { permissions: MODERATOR },
  );
  const form = within(await screen.findByRole('form', { name: 'Close without an action' }));
  await userEvent.selectOptions(form.getByLabelText('Decision'), 'Dismissed');
  await userEvent.type(form.getByLabelText(/^Note/), 'Fine');
  await userEvent.click(form.getByRole('button', { name: 'Close the case' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Somebody else changed this' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Keep mine' }));
  expect(await screen.findByRole('region', { name: 'Dismissed' })).toBeTruthy();
  expect(asked('PATCH /admin/reports/c-1').map(({ body }) => body)).toEqual([
    { status: 'dismissed', note: 'Fine', version: 4 },
    { status: 'dismissed', note: 'Fine', version: 5 },
  ]);
});

test('what another moderator has is theirs, and a claim that comes too late says so', async () => {
  await openAdmin(
    '/admin/reports/c-1',
    {
      'GET /admin/reports/*': CASE,
      'POST /admin/reports/*/claim': () => problem(409, 'case_claimed'),
    },
    { permissions: MODERATOR },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Claim' }));
  expect(await screen.findByText('Another moderator has this case.')).toBeTruthy();
});

test('a claim is released', async () => {
  const { asked } = await openAdmin(
    '/admin/reports/c-1',
    {
      'GET /admin/reports/*': { ...CASE, claim: mine },
      'DELETE /admin/reports/*/claim': () => new Response(null, { status: 204 }),
    },
    { permissions: MODERATOR },
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Release' }));
  expect(await screen.findByText('Released')).toBeTruthy();
  expect(asked('DELETE /admin/reports/c-1/claim')).toHaveLength(1);
});

test('who may only read acts on nothing', async () => {
  await openAdmin(
    '/admin/reports/c-1',
    { 'GET /admin/reports/*': { ...CASE, claim: mine } },
    { permissions: ['reports:read'] },
  );
  expect(await screen.findByText('Guaranteed 900% in a week')).toBeTruthy();
  expect(screen.queryByRole('button', { name: /Claim|Release|15 minutes/ })).toBeNull();
  expect(screen.queryByRole('form')).toBeNull();
});

const APPEAL = {
  id: 'ap-1',
  action_id: 'a-1',
  text: 'I did not advertise',
  status: 'open',
  note: null,
  created_at: '2026-11-29T10:00:00Z',
  decided_at: null,
  user: { id: 'u-9', username: 'mallory' },
  action: ACTION,
  decided_by: null,
};

test('appeals are listed, read beside the decision, and judged', async () => {
  let now: object = APPEAL;
  const { asked } = await openAdmin(
    '/admin/appeals',
    {
      'GET /admin/appeals': { items: [APPEAL], next_cursor: null },
      'GET /admin/appeals/*': () => now,
      'POST /admin/appeals/*/decision': ({ body }) => {
        now = { ...APPEAL, ...(body as object), decided_at: '2026-11-30T10:00:00Z' };
        return now;
      },
    },
    { permissions: MODERATOR },
  );
  await userEvent.click(await screen.findByRole('link', { name: 'I did not advertise' }));
  expect(await screen.findByRole('heading', { level: 1, name: 'Appeal of mallory' })).toBeTruthy();
  expect(screen.getByText('Advertising')).toBeTruthy();
  expect(screen.getByRole('link', { name: 'To the case' }).getAttribute('href')).toBe('/admin/reports/c-0');
  await expectAccessible();
  await userEvent.selectOptions(screen.getByLabelText('Decision'), 'Accept: the decision is undone');
  await userEvent.type(screen.getByLabelText('Answer'), 'You are right.');
  await userEvent.click(screen.getByRole('button', { name: 'Decide' }));
  expect(await screen.findByRole('region', { name: 'Accepted' })).toBeTruthy();
  expect(asked('POST /admin/appeals/ap-1/decision')[0]?.body).toEqual({ status: 'accepted', note: 'You are right.' });
});

test('what was done is listed by kind and person', async () => {
  const listed = { ...ACTION, user_id: 'u-9', undoes_id: null };
  const { asked } = await openAdmin(
    '/admin/moderation?kind=warn',
    {
      'GET /admin/moderation/actions': {
        items: [listed, { ...listed, id: 'a-2', case_id: null, undone_at: '2026-11-02T10:00:00Z' }],
        next_cursor: null,
      },
    },
    { permissions: MODERATOR },
  );
  expect(await screen.findAllByRole('rowheader', { name: 'Warn' })).toHaveLength(2);
  expect(screen.getByRole('cell', { name: 'undone' })).toBeTruthy();
  expect(asked('GET /admin/moderation/actions')[0]?.query.get('kind')).toBe('warn');
});

const RULE = {
  id: 'k-1',
  phrase: 'guaranteed',
  action: 'flag',
  language: null,
  is_active: true,
  note: 'Scams',
  created_by: 'u-1',
  match_count: 12,
  version: 1,
  created_at: '2026-11-01T10:00:00Z',
  updated_at: '2026-11-01T10:00:00Z',
};

test('rules are tried before they are made, made, changed and deleted', async () => {
  const { asked } = await openAdmin(
    '/admin/keyword-rules',
    {
      'GET /admin/keyword-rules': { items: [RULE], next_cursor: null },
      'POST /admin/keyword-rules/try': {
        text: 'sure profit',
        outcome: 'hold',
        matches: [
          { rule_id: 'k-1', phrase: 'profit', action: 'hold', start: 5, end: 11, excerpt: 'sure profit' },
          { rule_id: null, phrase: 'sure', action: 'flag', start: 0, end: 4, excerpt: 'sure profit' },
        ],
      },
      'POST /admin/keyword-rules': () => problem(409, 'phrase_taken'),
      'PATCH /admin/keyword-rules/*': ({ body }) => ({ ...RULE, ...(body as object) }),
      'DELETE /admin/keyword-rules/*': () => new Response(null, { status: 204 }),
    },
    { permissions: [...MODERATOR, 'keywords:write'] },
  );
  await userEvent.click(await screen.findByText('Try it out'));
  await userEvent.type(screen.getByLabelText('Text'), 'sure profit');
  await userEvent.type(screen.getByLabelText(/^And a phrase/), 'sure');
  await userEvent.click(screen.getByRole('button', { name: 'Try' }));
  expect(await screen.findByText('It would be hidden')).toBeTruthy();
  expect(asked('POST /admin/keyword-rules/try')[0]?.body).toEqual({
    text: 'sure profit',
    rule: { phrase: 'sure', action: 'flag' },
  });

  await userEvent.click(screen.getByRole('button', { name: 'New rule' }));
  let dialog = within(await screen.findByRole('dialog', { name: 'New rule' }));
  await userEvent.type(dialog.getByLabelText('Phrase'), 'guaranteed');
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  expect(await dialog.findByText('There is a rule with this phrase.')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(dialog.getByRole('button', { name: 'Cancel' }));

  await userEvent.click(screen.getByRole('button', { name: 'guaranteed' }));
  dialog = within(await screen.findByRole('dialog', { name: 'Change the rule' }));
  await userEvent.click(dialog.getByLabelText('Active'));
  await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(asked('PATCH /admin/keyword-rules/k-1')).toHaveLength(1));
  expect(asked('PATCH /admin/keyword-rules/k-1')[0]?.body).toMatchObject({ is_active: false, version: 1 });

  await userEvent.click(await screen.findByRole('button', { name: 'guaranteed' }));
  await userEvent.click(screen.getByRole('button', { name: 'Delete the rule' }));
  dialog = within(await screen.findByRole('dialog', { name: 'Delete the rule' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Delete the rule' }));
  expect(await screen.findByText('The rule is deleted')).toBeTruthy();
  expect(asked('DELETE /admin/keyword-rules/k-1')).toHaveLength(1);
});
