import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ADA, COMMUNITY, LIN, listed, PERSON, RELATION } from '../../testing/community.ts';
import { done, fill, main, press } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';
import { dayOf, endOf, isOver } from './lastDays.ts';

const SINCE = '2026-11-20T08:00:00Z';
const MUTED = { kind: 'mute', person: { ...LIN, is_private: false }, until: null as string | null, created_at: SINCE };
const BLOCKED = { kind: 'block', person: { ...ADA, is_private: false }, until: null, created_at: SINCE };
const WORDS = {
  id: 'w-1',
  phrase: 'giveaway',
  action: 'hide',
  until: '2099-01-01T08:00:00Z' as string | null,
  created_at: SINCE,
  updated_at: SINCE,
};
const OVER = { ...WORDS, id: 'w-2', phrase: '割韭菜', action: 'fold', until: SINCE };

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /content-filters': ({ query }: Call) => listed(query.get('kind') === 'mute' ? MUTED : BLOCKED),
  'GET /word-filters': listed(WORDS, OVER),
  ...more,
});
const changes = (calls: readonly Call[]) => calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path));
const button = (name: string | RegExp) => main().findByRole('button', { name });
const dialog = (name: string) => within(screen.getByRole('dialog', { name }));

test.each(['/account/blocks', '/en/account/blocks'])('%s has who is muted, and leads to the rest', async (address) => {
  stubApi(answers());
  await openPage(address);
  expect(await main().findByText('林间小筑')).toBeTruthy();
  expect(main().getByText(/一直有效|Always/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getByRole('link', { name: /^(拉黑的人|Blocked)$/ }));
  expect(await main().findByText('Ada Hughes')).toBeTruthy();
});

test('a mute is ended, begun anew with its end, and comes back where the API refuses', async () => {
  const refusals = [problem(503, 'temporarily_unavailable')];
  const until = '2099-01-01T08:00:00Z';
  const calls = stubApi(
    answers({
      'GET /content-filters': listed({ ...MUTED, until }),
      'DELETE /users/*/mute': () => refusals.pop() ?? done(),
      'PUT /users/*/mute': PERSON,
    }),
  );
  await openPage('/en/account/blocks');
  await userEvent.click(await button('Unmute'));
  expect(await main().findByText(/did not work/)).toBeTruthy();
  await userEvent.click(await button('Unmute'));
  expect(await main().findByText('You no longer mute this person.')).toBeTruthy();
  expect(main().queryByRole('button', { name: 'When it ends' })).toBeNull();
  await waitFor(() => expect(changes(calls)).toHaveLength(2));
  await userEvent.click(await button('Mute again'));
  await waitFor(() => expect(changes(calls)).toHaveLength(3));
  expect(changes(calls)[2]?.body).toEqual({ until });
  expect(await button('Unmute')).toBeTruthy();
});

test('a mute has an end, which is no day of the past', async () => {
  const calls = stubApi(answers({ 'PUT /users/*/mute': PERSON }));
  await openPage('/en/account/blocks');
  await userEvent.click(await button('When it ends'));
  const asked = dialog('Until when do you mute 林间小筑?');
  await expectAccessible();
  fill(asked, { 'Last day': '2020-01-01' });
  press(asked, 'Save');
  expect(asked.getByText('Please choose today or a later day.')).toBeTruthy();
  fill(asked, { 'Last day': '2099-05-01' });
  press(asked, 'Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(changes(calls).map(({ body }) => body)).toEqual([{ until: endOf('2099-05-01') }]);
});

test('somebody is muted for a time from their own page', async () => {
  const until = endOf('2099-05-01');
  let muting = false;
  const calls = stubApi(
    answers({
      'GET /users/*': () => ({ ...PERSON, relation: { ...RELATION, muting } }),
      'GET /users/*/posts': listed(),
      'PUT /users/*/mute': () => {
        muting = true;
        return PERSON;
      },
    }),
  );
  await openPage('/en/@林间');
  await userEvent.click(await main().findByLabelText('More actions'));
  await userEvent.click(await button('Mute for a time…'));
  await screen.findByRole('dialog');
  const asked = dialog('Until when do you mute 林间小筑?');
  fill(asked, { 'Last day': '2099-05-01' });
  press(asked, 'Save');
  expect(await main().findByText(/You mute this person/)).toBeTruthy();
  expect(changes(calls).map(({ body }) => body)).toEqual([{ until }]);
});

test('a block is ended, and what does not come back is said', async () => {
  const calls = stubApi(answers({ 'DELETE /users/*/block': done }));
  await openPage('/en/account/blocks?list=blocks');
  await userEvent.click(await button('Unblock'));
  expect(await main().findByText(/Follows that the block ended do not come back/)).toBeTruthy();
  await waitFor(() => expect(changes(calls).map(({ method }) => method)).toEqual(['DELETE']));
});

test('words are filtered for a while; what is filtered already is said', async () => {
  const refusals = [problem(409, 'word_filter_exists')];
  const calls = stubApi(answers({ 'POST /word-filters': () => refusals.pop() ?? WORDS }));
  await openPage('/en/account/blocks?list=words');
  expect(await main().findByText(/Has ended/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(await button('Filter words'));
  const form = dialog('Filter words');
  await expectAccessible();
  press(form, 'Save');
  expect(form.getByText('Please write a word.')).toBeTruthy();
  fill(form, { 'Word or phrase': ' giveaway ', 'Last day': '2020-01-01' });
  press(form, 'Save');
  expect(form.getByText('Please choose today or a later day.')).toBeTruthy();
  fill(form, { 'Last day': '2099-05-01' });
  await userEvent.selectOptions(form.getByLabelText('What happens'), 'fold');
  press(form, 'Save');
  expect(await form.findByText('You filter these words already.')).toBeTruthy();
  press(form, 'Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(changes(calls)[1]?.body).toEqual({ phrase: 'giveaway', action: 'fold', until: endOf('2099-05-01') });
});

test('a filter is changed without moving its end, and deleted', async () => {
  const calls = stubApi(
    answers({ 'PATCH /word-filters/*': { ...WORDS, phrase: 'lottery' }, 'DELETE /word-filters/*': done }),
  );
  await openPage('/en/account/blocks?list=words');
  await userEvent.click(await button('Change “giveaway”'));
  const form = dialog('Change the filter');
  fill(form, { 'Word or phrase': 'lottery' });
  press(form, 'Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(await button('Change “giveaway”'));
  fill(dialog('Change the filter'), { 'Last day': '' });
  press(dialog('Change the filter'), 'Save');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await userEvent.click(await button('Delete “割韭菜”'));
  press(dialog('Stop filtering “割韭菜”?'), 'Delete');
  await waitFor(() => expect(changes(calls)).toHaveLength(3));
  await waitFor(() => expect(document.activeElement).toBe(main().getByRole('heading', { level: 1 })));
  expect(changes(calls).map(({ body }) => body)).toEqual([
    { phrase: 'lottery', action: 'hide' },
    { phrase: 'giveaway', action: 'hide', until: null },
    undefined,
  ]);
});

test.each([
  ['mutes', 'You mute nobody'],
  ['blocks', 'You block nobody'],
  ['words', 'You filter no words'],
])('an empty list of %s says what to do', async (list, words) => {
  stubApi(answers({ 'GET /content-filters': listed(), 'GET /word-filters': listed() }));
  await openPage(`/en/account/blocks?list=${list}`);
  expect(await main().findByText(words)).toBeTruthy();
});

test('a list that does not load says so, and loads again', async () => {
  const refusals = [problem(500, 'internal')];
  stubApi(answers({ 'GET /content-filters': () => refusals.pop() ?? listed(MUTED) }));
  await openPage('/en/account/blocks?list=nonsense');
  await userEvent.click(await button('Try again'));
  expect(await main().findByText('林间小筑')).toBeTruthy();
});

test('days are those of the reader, to their end', () => {
  expect(dayOf(null)).toBe('');
  expect(endOf('')).toBeNull();
  expect(dayOf(endOf('2099-03-09'))).toBe('2099-03-09');
  expect(isOver(null)).toBe(false);
  expect(isOver('2020-01-01T00:00:00Z')).toBe(true);
});
