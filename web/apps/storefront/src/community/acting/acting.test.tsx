import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import {
  COMMENT,
  COMMENT_VIEWER,
  COMMUNITY,
  GONE_COMMENT,
  listed,
  POLL,
  POST,
  POST_ID,
  seen,
  THREAD,
} from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const ADDRESS = `/en/posts/${POST_ID}`;
const MINE = { ...COMMENT, viewer: { ...COMMENT_VIEWER, can_delete: true, is_author: true } };
const SEEN_THREAD = { ...THREAD, items: [{ ...MINE, replies: listed() }] };

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /feed': listed(seen(POST)),
  [`GET /posts/${POST_ID}`]: seen(POST),
  [`GET /posts/${POST_ID}/comments`]: SEEN_THREAD,
  ...more,
});
const button = (name: string | RegExp) => main().findByRole('button', { name });
const sent = (calls: readonly Call[], part: string) =>
  calls.filter(({ path, method }) => path.endsWith(part) && method !== 'GET');

test('fifty quick presses on a reaction are two calls, and the last one counts', async () => {
  const waiting: (() => void)[] = [];
  const calls = stubApi(
    answers({
      [`PUT /posts/${POST_ID}/reactions`]: () =>
        new Promise<object>((resolve) => {
          waiting.push(() => resolve({ reaction: 'like', reactions: { ...POST.stats.reactions, like: 9 } }));
        }),
      [`DELETE /posts/${POST_ID}/reactions`]: done,
    }),
  );
  await openPage('/en/feed');
  const like = await button('Like, 3');
  for (let press = 0; press < 50; press += 1) fireEvent.click(like);
  await waitFor(() => expect(waiting).toHaveLength(1));
  expect(like.getAttribute('aria-pressed')).toBe('false');
  waiting[0]?.();
  await waitFor(() => expect(sent(calls, '/reactions').map(({ method }) => method)).toEqual(['PUT', 'DELETE']));
  expect(await button('Like, 3')).toBeTruthy();
  // Another press is another line; the API's counts are what is shown in the end.
  await userEvent.click(like);
  expect(await button('Like, 4')).toBeTruthy();
  await waitFor(() => expect(waiting).toHaveLength(2));
  waiting[1]?.();
  expect(await button('Like, 9')).toBeTruthy();
});

test('another reaction is chosen from the menu by keys, and Escape closes it', async () => {
  const calls = stubApi(
    answers({
      [`PUT /posts/${POST_ID}/reactions`]: { reaction: 'love', reactions: { ...POST.stats.reactions, love: 1 } },
    }),
  );
  await openPage('/en/feed');
  await button('Like, 3');
  const [open] = main().getAllByLabelText('Choose a reaction');
  await userEvent.click(open as HTMLElement);
  await expectAccessible();
  await userEvent.keyboard('{Escape}');
  expect(open?.closest('details')?.open).toBe(false);
  await userEvent.click(open as HTMLElement);
  await userEvent.click(await main().findByRole('button', { name: 'Love' }));
  await waitFor(() => expect(sent(calls, '/reactions')[0]?.body).toEqual({ reaction: 'love' }));
  expect((await button('Love, 1')).getAttribute('aria-pressed')).toBe('true');
});

test('what the API refuses is as it was, and says why', async () => {
  stubApi(
    answers({
      [`PUT /posts/${POST_ID}/reposts`]: () => problem(409, 'repost_not_allowed'),
      [`PUT /posts/${POST_ID}/bookmarks`]: { post_id: POST_ID, folder_id: null, created_at: POST.published_at },
    }),
  );
  await openPage('/en/feed');
  await userEvent.click(await button('Repost, 1'));
  expect((await main().findByText(/cannot be passed on/)).textContent).toBeTruthy();
  expect((await button('Repost, 1')).getAttribute('aria-pressed')).toBe('false');
  const bookmark = await button('Bookmark');
  await userEvent.click(bookmark);
  expect(bookmark.getAttribute('aria-pressed')).toBe('true');
});

test('a vote is sent once and shows the results', async () => {
  const poll = {
    ...POLL,
    hides_results: true,
    options: POLL.options.map((one) => ({ ...one, votes: null, percentage: null })),
  };
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen({ ...POST, poll }),
      'POST /polls/*/votes': { ...POLL, vote: 0 },
    }),
  );
  await openPage(ADDRESS);
  await userEvent.click(await button('Vote'));
  expect(main().getByText('Please choose an option first.')).toBeTruthy();
  await userEvent.click(main().getByRole('radio', { name: 'Up' }));
  await userEvent.click(await button('Vote'));
  expect(await main().findByText('75 %')).toBeTruthy();
  expect(main().getByText('your vote')).toBeTruthy();
  expect(sent(calls, '/votes').map(({ body }) => body)).toEqual([{ option: 0 }]);
});

test('a vote from elsewhere is taken over', async () => {
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen({ ...POST, poll: POLL }),
      'POST /polls/*/votes': () => problem(409, 'already_voted', { vote: 1 }),
    }),
  );
  await openPage(ADDRESS);
  await userEvent.click(await main().findByRole('radio', { name: 'Up' }));
  await userEvent.click(await button('Vote'));
  const mark = await main().findByText('your vote');
  expect(mark.closest('li')?.textContent).toContain('Down');
});

test('a poll that ended meanwhile says so, shows what came of it, and takes no vote', async () => {
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen({ ...POST, poll: POLL }),
      'POST /polls/*/votes': () => problem(409, 'poll_over'),
    }),
  );
  await openPage(ADDRESS);
  await userEvent.click(await main().findByRole('radio', { name: 'Up' }));
  await userEvent.click(await button('Vote'));
  expect(await main().findByText('75 %')).toBeTruthy();
  expect(main().queryByRole('button', { name: 'Vote' })).toBeNull();
  expect(main().queryByText('your vote')).toBeNull();
});

test('a comment goes to its place; one that got lost is sent again with its key', async () => {
  const comment = { ...MINE, id: 'new', text: 'Well said', reply_count: 0 };
  const replies: object[] = [comment, problem(503, 'temporarily_unavailable')];
  const calls = stubApi(answers({ [`POST /posts/${POST_ID}/comments`]: () => replies.pop() ?? comment }));
  await openPage(ADDRESS);
  const field = await main().findByRole('textbox', { name: 'Your comment' });
  await userEvent.click(await button('Comment'));
  expect(main().getByText('Please write something first.')).toBeTruthy();
  await userEvent.type(field, 'Well said');
  expect(main().getByText('1,991 characters left')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(await button('Comment'));
  await main().findByText(/did not work/);
  expect((field as HTMLTextAreaElement).value).toBe('Well said');
  await userEvent.click(await button('Comment'));
  expect(await main().findByText('Well said', { selector: 'p' })).toBeTruthy();
  expect((field as HTMLTextAreaElement).value).toBe('');
  const keys = sent(calls, '/comments').map(({ headers }) => headers.get('idempotency-key'));
  expect(keys).toHaveLength(2);
  expect(keys[0]).toBe(keys[1]);
  // The thread's link counts it.
  expect(main().getByRole('link', { name: '3 comments' })).toBeTruthy();
});

test('an answer stands below what it answers', async () => {
  const calls = stubApi(
    answers({
      [`POST /posts/${POST_ID}/comments`]: {
        ...MINE,
        id: 'answer',
        parent_id: COMMENT.id,
        depth: 1,
        text: 'Until May',
        reply_count: 0,
      },
    }),
  );
  await openPage(ADDRESS);
  await userEvent.click(await button('Reply'));
  const field = await main().findByRole('textbox', { name: 'Reply to 林间小筑' });
  await waitFor(() => expect(document.activeElement).toBe(field));
  await userEvent.type(field, 'Until May');
  await userEvent.click(
    within(main().getByRole('form', { name: 'Reply to 林间小筑' })).getByRole('button', { name: 'Comment' }),
  );
  expect(await main().findByText('Until May', { selector: 'p' })).toBeTruthy();
  expect(sent(calls, '/comments')[0]?.body).toEqual({ text: 'Until May', parent_id: COMMENT.id });
  expect(main().queryByRole('textbox', { name: 'Reply to 林间小筑' })).toBeNull();
});

test('a session that ends while somebody writes is gone on with, and the comment is sent once', async () => {
  const comment = { ...MINE, id: 'new', text: 'Well said', reply_count: 0 };
  let isIn = false;
  const calls = stubApi(
    answers({
      ...signedIn(() => (sent(calls, '/comments').length > 0 ? problem(401, 'invalid_token') : undefined)),
      [`POST /posts/${POST_ID}/comments`]: () => (isIn ? comment : problem(401, 'invalid_token')),
      'POST /auth/login': () => {
        isIn = true;
        return { access_token: 'b', expires_in: 900, permissions: [], user: { id: 'u-1', full_name: 'Ada Hughes' } };
      },
    }),
  );
  await openPage(ADDRESS);
  await userEvent.type(await main().findByRole('textbox', { name: 'Your comment' }), 'Well said');
  await userEvent.click(await button('Comment'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Please sign in again' }));
  await expectAccessible();
  await userEvent.type(dialog.getByLabelText('Email'), 'ada@example.com');
  await userEvent.type(dialog.getByLabelText('Password'), 'sunny-orchard-42');
  await userEvent.click(dialog.getByRole('button', { name: 'Sign in' }));
  expect(await main().findByText('Well said', { selector: 'p' })).toBeTruthy();
  const keys = new Set(sent(calls, '/comments').map(({ headers }) => headers.get('idempotency-key')));
  expect(keys.size).toBe(1);
});

test('a post that is deleted while somebody answers takes nothing of their text', async () => {
  stubApi(answers({ [`POST /posts/${POST_ID}/comments`]: () => problem(404, 'not_found') }));
  const { queryClient } = await openPage(ADDRESS);
  const field = await main().findByRole('textbox', { name: 'Your comment' });
  await userEvent.type(field, 'Well said');
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: () => problem(404, 'not_found'),
      [`POST /posts/${POST_ID}/comments`]: () => problem(404, 'not_found'),
    }),
  );
  await queryClient.invalidateQueries();
  await userEvent.click(await button('Comment'));
  expect(await main().findByText(/was deleted, or is not to be seen by you any more/)).toBeTruthy();
  expect((field as HTMLTextAreaElement).value).toBe('Well said');
  // It is there again after a reload, for the same person.
  expect(JSON.parse(localStorage.getItem(`draft:u-1:comment:${POST_ID}:`) ?? '{}')).toMatchObject({
    written: { text: 'Well said' },
  });
});

test('a comment is reacted to, and a refusal takes it back', async () => {
  const calls = stubApi(
    answers({
      [`PUT /comments/${COMMENT.id}/reactions`]: { reaction: 'like', reactions: { like: 1 } },
      [`DELETE /comments/${COMMENT.id}/reactions`]: () => problem(429, 'rate_limited', {}, { 'retry-after': '7' }),
    }),
  );
  await openPage(ADDRESS);
  await button('Reply');
  const like = await main().findByRole('button', { name: 'Like' });
  await userEvent.click(like);
  expect(await button('Like, 1')).toBeTruthy();
  await waitFor(() => expect(sent(calls, '/reactions')).toHaveLength(1));
  await userEvent.click(like);
  expect(await main().findByText(/try again in 7 seconds/)).toBeTruthy();
  expect(like.getAttribute('aria-pressed')).toBe('true');
});

test('who may not comment reads why', async () => {
  const closed = { ...seen(POST, { can_reply: false }), group: { id: 'g', slug: 'tea', name: 'Tea', is_locked: true } };
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: closed,
      [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [GONE_COMMENT], can_reply: false },
    }),
  );
  await openPage(ADDRESS);
  expect(await main().findByText('Moderators of the group have closed the comments.')).toBeTruthy();
});

test("one's own comment and post are deleted after a question", async () => {
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen(POST, { can_delete: true, is_author: true }),
      [`DELETE /comments/${COMMENT.id}`]: () => problem(404, 'not_found'),
      [`DELETE /posts/${POST_ID}`]: done,
      'GET /feed': listed(),
    }),
  );
  const { router } = await openPage(ADDRESS);
  await userEvent.click(await button('Delete comment'));
  await expectAccessible();
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
  expect(await main().findByText('Its author has deleted this comment.')).toBeTruthy();
  await userEvent.click(main().getByLabelText('Post by Ada Hughes: more actions'));
  await userEvent.click(await main().findByRole('button', { name: 'Delete post' }));
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(router.state.location.pathname).toBe('/feed'));
});

test('a post is reported with a reason, and its link is copied', async () => {
  const calls = stubApi(answers({ 'POST /reports': { id: 'r-1', status: 'open' } }));
  const user = userEvent.setup();
  const copied = vi.spyOn(navigator.clipboard, 'writeText');
  await openPage('/en/feed');
  await user.click(await main().findByLabelText('Post by Ada Hughes: more actions'));
  await user.click(await main().findByRole('button', { name: 'Copy link' }));
  expect(copied).toHaveBeenCalledWith(`http://localhost:3000/en/posts/${POST_ID}`);
  await user.click(main().getByLabelText('Post by Ada Hughes: more actions'));
  await user.click(await main().findByRole('button', { name: 'Report' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Report' }));
  await expectAccessible();
  await user.click(dialog.getByRole('button', { name: 'Send report' }));
  expect(dialog.getByRole('alert').textContent).toContain('choose a reason');
  await user.click(dialog.getByRole('radio', { name: 'Scam' }));
  await user.click(dialog.getByRole('button', { name: 'Send report' }));
  expect(await dialog.findByText(/the report has arrived/)).toBeTruthy();
  expect(sent(calls, '/reports')[0]?.body).toEqual({ target: { kind: 'post', id: POST_ID }, reason: 'scam', text: '' });
});

test('a report that is refused says why', async () => {
  stubApi(answers({ 'POST /reports': () => problem(429, 'too_many_reports') }));
  await openPage('/en/feed');
  await userEvent.click(await main().findByLabelText('Post by Ada Hughes: more actions'));
  await userEvent.click(await main().findByRole('button', { name: 'Report' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Report' }));
  await userEvent.click(dialog.getByRole('radio', { name: 'Spam' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Send report' }));
  await waitFor(() => expect(dialog.getByRole('alert').textContent).toContain('too many reports'));
  await userEvent.type(dialog.getByRole('textbox'), 'The same text in every group');
  const ask = vi.spyOn(window, 'confirm').mockReturnValueOnce(false).mockReturnValueOnce(true);
  await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.getByRole('dialog')).toBeTruthy();
  await userEvent.click(dialog.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(ask).toHaveBeenCalledTimes(2);
});
