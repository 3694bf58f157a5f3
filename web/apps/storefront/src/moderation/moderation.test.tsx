import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { SHOP } from '../testing/fixtures.ts';
import { openPage } from '../testing/openPage.tsx';
import { signedIn } from '../testing/signedIn.ts';
import { wordsOf } from './content.ts';

const LATER = '2099-01-01T08:00:00Z';
const HIDDEN = {
  id: 'm-1',
  kind: 'hide',
  target: { kind: 'post', id: 'p-1' },
  content: { text: 'Buy this share now!', visibility: 'public' },
  reason: 'It tells people to buy.',
  ends_at: null,
  undone_at: null,
  created_at: '2026-11-20T08:00:00Z',
  appeal: null,
  appeal_until: LATER,
};
const BANNED = {
  ...HIDDEN,
  id: 'm-2',
  kind: 'ban',
  target: { kind: 'user', id: 'u-1' },
  content: null,
  appeal: {
    id: 'e-1',
    status: 'rejected',
    text: 'I did nothing',
    note: 'You did.',
    created_at: LATER,
    decided_at: LATER,
  },
};
const LATE = { ...HIDDEN, id: 'm-3', kind: 'suspend', ends_at: LATER, appeal_until: '2026-01-01T08:00:00Z' };
const UNDONE = { ...HIDDEN, id: 'm-4', kind: 'warn', undone_at: LATER, appeal_until: null };
const REPORT = {
  id: 'r-1',
  target: { kind: 'comment', id: 'c-1' },
  reason: 'spam',
  text: 'Again and again',
  status: 'resolved',
  created_at: '2026-11-20T08:00:00Z',
};

const main = () => within(screen.getByRole('main'));
const listed = (...items: object[]) => ({ items, next_cursor: null });
const answers = (more: object = {}) => ({ ...SHOP, ...signedIn(), 'GET /moderation/actions': listed(HIDDEN), ...more });

test.each(['/account/moderation', '/en/account/moderation'])(
  '%s tells what was done, to what and why',
  async (address) => {
    stubApi(answers({ 'GET /moderation/actions': listed(HIDDEN, BANNED, LATE, UNDONE) }));
    await openPage(address);
    expect(await main().findAllByText('It tells people to buy.')).toHaveLength(4);
    expect(main().getAllByText('Buy this share now!').length).toBeGreaterThan(0);
    expect(main().getByText('You did.')).toBeTruthy();
    expect(main().getByText(/^(Without an end date|没有截止日期)$/)).toBeTruthy();
    expect(main().getByText(/^(The time to appeal is over|申诉期已过)/)).toBeTruthy();
    expect(main().getAllByRole('button', { name: /^(Appeal|申诉)/ })).toHaveLength(1);
    await expectAccessible();
  },
);

test('an appeal is sent once, and stands at its decision afterwards', async () => {
  let appeal: object | null = null;
  const calls = stubApi(
    answers({
      'GET /moderation/actions': () => listed({ ...HIDDEN, appeal }),
      'POST /appeals': ({ body }: { body: unknown }) => {
        const { text } = body as { text: string };
        appeal = { id: 'e-2', status: 'open', text, note: null, created_at: LATER, decided_at: null };
        return { ...appeal, action_id: HIDDEN.id };
      },
    }),
  );
  await openPage('/en/account/moderation');
  await userEvent.click(await main().findByRole('button', { name: 'Appeal: Content hidden' }));
  const text = main().getByLabelText('Why is this decision wrong?');
  expect(document.activeElement).toBe(text);
  await userEvent.click(main().getByRole('button', { name: 'Send the appeal' }));
  expect(main().getByText('Please write why.')).toBeTruthy();
  await expectAccessible();
  await userEvent.type(text, 'It was a joke');
  await userEvent.dblClick(main().getByRole('button', { name: 'Send the appeal' }));
  expect(await main().findByText('Your appeal is sent. We will write to you.')).toBeTruthy();
  expect(main().getByText('It was a joke')).toBeTruthy();
  expect(main().queryByRole('button', { name: /^Appeal/ })).toBeNull();
  const posts = calls.filter(({ path }) => path === '/appeals');
  expect(posts.map(({ body }) => body)).toEqual([{ action_id: 'm-1', text: 'It was a joke' }]);
});

test('an appeal that does not arrive keeps its words', async () => {
  const refusals = [() => Promise.reject(new TypeError('offline')), () => problem(409, 'already_appealed')];
  stubApi(answers({ 'POST /appeals': () => (refusals.shift() ?? (() => ({})))() }));
  await openPage('/en/account/moderation');
  await userEvent.click(await main().findByRole('button', { name: 'Appeal: Content hidden' }));
  await userEvent.type(main().getByLabelText('Why is this decision wrong?'), 'It was a joke');
  await userEvent.click(main().getByRole('button', { name: 'Send the appeal' }));
  expect(await main().findByText(/The network is down/)).toBeTruthy();
  await userEvent.click(main().getByRole('button', { name: 'Send the appeal' }));
  expect(await main().findByText('There is an appeal against this decision already.')).toBeTruthy();
  expect((main().getByLabelText('Why is this decision wrong?') as HTMLTextAreaElement).value).toBe('It was a joke');
  await userEvent.click(main().getByRole('button', { name: 'Cancel' }));
  expect(document.activeElement).toBe(main().getByRole('heading', { name: 'Content hidden' }));
});

test('reports are at an address of their own, page by page', async () => {
  stubApi(
    answers({
      'GET /reports': ({ query }: { query: URLSearchParams }) =>
        query.get('cursor')
          ? listed({ ...REPORT, id: 'r-2', status: 'open', text: 'The second' })
          : { items: [REPORT], next_cursor: 'more' },
    }),
  );
  const { router } = await openPage('/en/account/moderation');
  await userEvent.click(await main().findByRole('link', { name: 'Your reports' }));
  expect(router.state.location.search).toEqual({ view: 'reports' });
  expect(main().getByRole('link', { name: 'Your reports' }).getAttribute('aria-current')).toBe('page');
  expect(main().getByRole('link', { name: 'Decisions about you' }).hasAttribute('aria-current')).toBe(false);
  expect(await main().findByText('dealt with')).toBeTruthy();
  await userEvent.click(main().getByRole('button', { name: 'Show more' }));
  expect(await main().findByText('The second')).toBeTruthy();
  await expectAccessible();
});

test('nothing to show, and nothing that loads, are said', async () => {
  let isDown = true;
  stubApi(
    answers({
      'GET /moderation/actions': () => (isDown ? problem(400, 'bad_request') : listed()),
      'GET /reports': listed(),
    }),
  );
  await openPage('/en/account/moderation');
  const retry = await main().findByRole('button', { name: 'Try again' });
  isDown = false;
  await userEvent.click(retry);
  expect(await main().findByText('No decisions about you')).toBeTruthy();
  await userEvent.click(main().getByRole('link', { name: 'Your reports' }));
  expect(await main().findByText('You have not reported anything')).toBeTruthy();
});

test('the words of a content are found whatever it is', () => {
  expect(wordsOf({ title: 'Sturdy', text: 'Good', rating: 5 })).toBe('Sturdy\nGood');
  expect(wordsOf({ display_name: 'Ada', bio: ' ' })).toBe('Ada');
  expect(wordsOf(null)).toBe('');
});
