import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  another,
  COMMENT,
  COMMENT_VIEWER,
  COMMUNITY,
  GROUP,
  listed,
  POST,
  POST_ID,
  seen,
  THREAD,
} from '../../../testing/community.ts';
import { done, main } from '../../../testing/forms.ts';
import { openPage } from '../../../testing/openPage.tsx';
import { signedIn } from '../../../testing/signedIn.ts';

const AT = '2026-11-20T08:00:00Z';
const OWNER = { ...GROUP.viewer, membership: 'owner', can_post: true, can_moderate: true, can_manage: true };
const OWNED = { ...GROUP, viewer: OWNER };

const answers = (more: object = {}) => ({ ...COMMUNITY, ...signedIn(), 'GET /groups/tea': OWNED, ...more });
const button = (name: string | RegExp) => main().findByRole('button', { name });
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));
const sent = (calls: readonly Call[], method: string, part: string) =>
  calls.filter((call) => call.method === method && call.path.endsWith(part));

const PLACED = {
  id: GROUP.id,
  slug: 'tea',
  name: 'Tea',
  is_pinned: false,
  is_locked: false,
  is_closed: false,
  accepted_comment_id: null as string | null,
};

test('a post is pinned, locked and removed with a reason, and comes back', async () => {
  const post = seen({ ...POST, text: 'Buy now', entities: [], group: PLACED }, { can_moderate: true });
  const removed = another(9, { text: 'Buy now', hidden: { at: AT, reason: 'Advertising' } });
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: post,
      [`PUT /groups/tea/posts/${POST_ID}/pin`]: () => problem(409, 'too_many_pins'),
      [`PUT /groups/tea/posts/${POST_ID}/lock`]: { ...post, group: { ...PLACED, is_locked: true } },
      [`PUT /groups/tea/posts/${POST_ID}/removal`]: done,
      'GET /groups/tea/removed-posts': listed(removed),
      [`DELETE /groups/tea/posts/${removed.id}/removal`]: () => problem(409, 'hidden_by_platform'),
    }),
  );
  const { router } = await openPage(`/en/posts/${POST_ID}`);
  const moderate = async () => {
    await userEvent.click(await main().findByLabelText(/more actions/));
    await userEvent.click(await button('Moderate in the group'));
    return dialog('Moderate in the group');
  };
  const first = await moderate();
  await userEvent.click(first.getByRole('button', { name: 'Pin in the group' }));
  expect(await first.findByText(/Please unpin one first/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(first.getByRole('button', { name: 'Close the comments' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  const second = await moderate();
  expect(second.getByRole('button', { name: 'Open the comments again' })).toBeTruthy();
  await userEvent.click(second.getByRole('button', { name: 'Remove from the group' }));
  expect(second.getByText('Please give a reason.')).toBeTruthy();
  await userEvent.type(second.getByLabelText('Reason'), 'Advertising');
  await userEvent.click(second.getByRole('button', { name: 'Remove from the group' }));
  await waitFor(() => expect(sent(calls, 'PUT', '/removal')[0]?.body).toEqual({ reason: 'Advertising' }));
  await router.navigate({ to: '/groups/$slug/manage', params: { slug: 'tea' }, search: { tab: 'removed' } });
  expect(await main().findByText('Reason: Advertising')).toBeTruthy();
  await userEvent.click(await button('Reinstate'));
  expect(await main().findByText(/The platform’s moderators have hidden it/)).toBeTruthy();
});

test('a post of a group gets one of its flairs, or none', async () => {
  const flair = { id: 'f-1', name: 'Question' };
  const post = seen({ ...POST, group: PLACED, flair: null as object | null }, { can_set_flair: true });
  const calls = stubApi(
    answers({
      'GET /groups/tea': { ...OWNED, flairs: [flair] },
      [`GET /posts/${POST_ID}`]: post,
      [`PUT /groups/tea/posts/${POST_ID}/flair`]: { ...post, flair },
      [`DELETE /groups/tea/posts/${POST_ID}/flair`]: () => problem(403, 'group_role_required'),
    }),
  );
  await openPage(`/en/posts/${POST_ID}`);
  const choose = async (name: string) => {
    await userEvent.click(await main().findByLabelText(/more actions/));
    await userEvent.click(await button('Choose a flair'));
    const form = await dialog('Flair of the post');
    await userEvent.click(await form.findByLabelText(name));
    await expectAccessible();
    await userEvent.click(form.getByRole('button', { name: 'Save' }));
    return form;
  };
  await choose('Question');
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(main().getByText('Question')).toBeTruthy();
  expect(sent(calls, 'PUT', '/flair')[0]?.body).toEqual({ flair_id: 'f-1' });
  const form = await choose('No flair');
  expect(await form.findByText('Your role in the group does not allow that.')).toBeTruthy();
});

test('a group without flairs says so', async () => {
  stubApi(answers({ [`GET /posts/${POST_ID}`]: seen({ ...POST, group: PLACED }, { can_set_flair: true }) }));
  await openPage(`/en/posts/${POST_ID}`);
  await userEvent.click(await main().findByLabelText(/more actions/));
  await userEvent.click(await button('Choose a flair'));
  expect(await screen.findByText('There are no flairs yet.')).toBeTruthy();
});

test('a comment is removed with a reason, keeps its place, and comes back', async () => {
  const comment = { ...COMMENT, viewer: COMMENT_VIEWER, replies: listed() };
  let now: object = comment;
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen({ ...POST, group: PLACED }, { can_moderate: true }),
      [`GET /posts/${POST_ID}/comments`]: () => ({ ...THREAD, items: [now] }),
      [`PUT /groups/tea/comments/${COMMENT.id}/removal`]: done,
      [`DELETE /groups/tea/comments/${COMMENT.id}/removal`]: () => {
        now = { ...comment, text: 'Back again' };
        return done();
      },
    }),
  );
  await openPage(`/en/posts/${POST_ID}`);
  await userEvent.click(await button('Remove from the group'));
  const form = await dialog('Remove the comment');
  await userEvent.type(form.getByLabelText('Reason'), 'Rude');
  await expectAccessible();
  await userEvent.click(form.getByRole('button', { name: 'Remove the comment' }));
  await userEvent.click(await button('Reinstate the comment'));
  expect(await main().findByText('Back again')).toBeTruthy();
  expect(sent(calls, 'PUT', '/removal')[0]?.body).toEqual({ reason: 'Rude' });
});

test('whoever asked takes a comment as the answer, and takes that back', async () => {
  const post = seen({ ...POST, group: PLACED }, { is_author: true, can_accept_answer: true });
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: post,
      [`GET /posts/${POST_ID}/comments`]: {
        ...THREAD,
        items: [{ ...COMMENT, viewer: COMMENT_VIEWER, replies: listed() }],
      },
      [`PUT /groups/tea/posts/${POST_ID}/accepted-answer`]: {
        ...post,
        group: { ...PLACED, accepted_comment_id: COMMENT.id },
      },
      [`DELETE /groups/tea/posts/${POST_ID}/accepted-answer`]: post,
    }),
  );
  await openPage(`/en/posts/${POST_ID}`);
  const accept = await button('Accept as the answer');
  expect(accept.getAttribute('aria-pressed')).toBe('false');
  await userEvent.click(accept);
  await waitFor(() => expect(accept.getAttribute('aria-pressed')).toBe('true'));
  expect(sent(calls, 'PUT', '/accepted-answer')[0]?.body).toEqual({ comment_id: COMMENT.id });
  await userEvent.click(accept);
  await waitFor(() => expect(accept.getAttribute('aria-pressed')).toBe('false'));
});
