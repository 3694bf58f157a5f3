import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  COMMENT,
  COMMENT_VIEWER,
  COMMUNITY,
  listed,
  POLL,
  POST,
  POST_ID,
  seen,
  THREAD,
} from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const ADDRESS = `/en/posts/${POST_ID}`;
const MINE = seen({ ...POST, text: 'Up we go', entities: [] }, { is_author: true, can_edit: true });
const OWN_COMMENT = {
  ...COMMENT,
  text: 'For how long?',
  viewer: { ...COMMENT_VIEWER, is_author: true, can_edit: true },
  replies: listed(),
};

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  [`GET /posts/${POST_ID}`]: MINE,
  [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [OWN_COMMENT] },
  ...more,
});
const changes = (calls: readonly Call[]) => calls.filter(({ method }) => method === 'PATCH').map(({ body }) => body);
const dialog = async (name: string) => within(await screen.findByRole('dialog', { name }));

async function editPost() {
  await openPage(ADDRESS);
  await userEvent.click(await main().findByLabelText(/more actions/));
  await userEvent.click(await main().findByRole('button', { name: 'Edit' }));
  return dialog('Edit post');
}

test('one’s own post is changed where it is shown, and only what is another is sent', async () => {
  const calls = stubApi(
    answers({
      [`PATCH /posts/${POST_ID}`]: ({ body }: Call) => ({
        ...MINE,
        ...(body as object),
        version: 2,
        edited_at: '2026-11-21T08:00:00Z',
      }),
    }),
  );
  const form = await editPost();
  const field = await form.findByRole('textbox', { name: 'Text' });
  expect((field as HTMLTextAreaElement).value).toBe('Up we go');
  await expectAccessible();
  await userEvent.clear(field);
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(form.getByText('Please write something first.')).toBeTruthy();
  await userEvent.type(field, 'Down we go');
  await userEvent.selectOptions(form.getByLabelText('Mood'), 'bearish');
  expect(form.queryByLabelText('Who sees it')).toBeNull();
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await main().findByText('Down we go')).toBeTruthy();
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(main().getByRole('button', { name: 'Edited' })).toBeTruthy();
  expect(changes(calls)).toEqual([{ version: 1, text: 'Down we go', sentiment: 'bearish' }]);
});

test('nothing is sent where nothing was changed', async () => {
  const calls = stubApi(answers());
  const form = await editPost();
  await userEvent.click(await form.findByRole('button', { name: 'Save' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(changes(calls)).toEqual([]);
});

test('what was changed elsewhere is shown, what was written stays, and the next press replaces it', async () => {
  let now: typeof MINE = MINE;
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: () => now,
      [`PATCH /posts/${POST_ID}`]: ({ body }: Call) => {
        const { version, text } = body as { version: number; text: string };
        if (version === now.version) return { ...now, text, version: version + 1 };
        return problem(409, 'version_conflict');
      },
    }),
  );
  const form = await editPost();
  const field = await form.findByRole('textbox', { name: 'Text' });
  now = { ...MINE, text: 'Written on the phone', version: 4 };
  await userEvent.clear(field);
  await userEvent.type(field, 'Written here');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('Written on the phone')).toBeTruthy();
  await expectAccessible();
  expect((field as HTMLTextAreaElement).value).toBe('Written here');
  await userEvent.click(form.getByRole('button', { name: 'Take what is there' }));
  expect((field as HTMLTextAreaElement).value).toBe('Written on the phone');
  await userEvent.type(field, '!');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await main().findByText('Written on the phone!')).toBeTruthy();
  expect(changes(calls).at(-1)).toEqual({ version: 4, text: 'Written on the phone!' });
});

test('what was begun is there again however one left, until it is undone or saved', async () => {
  const calls = stubApi(
    answers({ [`PATCH /comments/${COMMENT.id}`]: { ...OWN_COMMENT, text: 'For a week?', version: 2 } }),
  );
  const form = await editPost();
  await userEvent.type(await form.findByRole('textbox', { name: 'Text' }), ' and down');
  await userEvent.click(form.getByRole('button', { name: 'Cancel' }));
  const open = async () => {
    await userEvent.click(await main().findByLabelText(/more actions/));
    await userEvent.click(await main().findByRole('button', { name: 'Edit' }));
    return dialog('Edit post');
  };
  const again = await open();
  const text = () => again.getByRole<HTMLTextAreaElement>('textbox', { name: 'Text' }).value;
  expect(text()).toBe('Up we go and down');
  await userEvent.click(again.getByRole('button', { name: 'Undo my changes' }));
  expect(text()).toBe('Up we go');
  expect(again.queryByRole('button', { name: 'Undo my changes' })).toBeNull();
  await userEvent.click(again.getByRole('button', { name: 'Close' }));
  const openComment = async () => {
    await userEvent.click(await main().findByRole('button', { name: 'Edit comment' }));
    return dialog('Edit comment');
  };
  const comment = await openComment();
  await userEvent.clear(comment.getByRole('textbox', { name: 'Text' }));
  await userEvent.type(comment.getByRole('textbox', { name: 'Text' }), 'For a week?');
  await userEvent.click(comment.getByRole('button', { name: 'Close' }));
  await userEvent.click((await openComment()).getByRole('button', { name: 'Save' }));
  expect(await main().findByText('For a week?')).toBeTruthy();
  expect(changes(calls)).toEqual([{ text: 'For a week?', version: 1 }]);
  expect(Object.keys(localStorage).filter((name) => name.includes('edit:'))).toEqual([]);
});

test('a question that people have voted on stays, and that is said', async () => {
  stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: { ...MINE, poll: POLL },
      [`PATCH /posts/${POST_ID}`]: () => problem(409, 'question_frozen'),
    }),
  );
  const form = await editPost();
  await userEvent.type(await form.findByRole('textbox', { name: 'Text' }), '?');
  expect(form.getByText(/the text of a post with a poll stays/)).toBeTruthy();
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('People have voted, so that the text stays as it is.')).toBeTruthy();
});

test('one’s own comment is changed, also when it was changed elsewhere', async () => {
  const calls = stubApi(
    answers({
      [`GET /comments/${COMMENT.id}`]: { ...OWN_COMMENT, text: 'From the phone', version: 2 },
      [`PATCH /comments/${COMMENT.id}`]: ({ body }: Call) => {
        const { version, text } = body as { version: number; text: string };
        if (version === 1) return problem(409, 'version_conflict');
        return { ...OWN_COMMENT, text, version: 3, edited_at: '2026-11-21T08:00:00Z' };
      },
    }),
  );
  await openPage(ADDRESS);
  await userEvent.click(await main().findByRole('button', { name: 'Edit comment' }));
  const form = await dialog('Edit comment');
  const field = await form.findByRole('textbox', { name: 'Text' });
  await userEvent.clear(field);
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(form.getByText('Please write something first.')).toBeTruthy();
  await userEvent.type(field, 'For a week?');
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await form.findByText('From the phone')).toBeTruthy();
  await userEvent.click(form.getByRole('button', { name: 'Save' }));
  expect(await main().findByText('For a week?')).toBeTruthy();
  expect(changes(calls)).toEqual([
    { text: 'For a week?', version: 1 },
    { text: 'For a week?', version: 2 },
  ]);
});

test('everybody reads what a post and a comment said before', async () => {
  const at = '2026-11-21T08:00:00Z';
  stubApi({
    ...COMMUNITY,
    [`GET /posts/${POST_ID}`]: { ...POST, edited_at: at, version: 3 },
    [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [{ ...COMMENT, edited_at: at, replies: listed() }] },
    [`GET /posts/${POST_ID}/edits`]: listed(
      { version: 2, text: 'The second', content_warning: 'Losses', sentiment: null, vote_count: 0, replaced_at: at },
      { version: 1, text: 'The first', content_warning: null, sentiment: null, vote_count: 0, replaced_at: at },
    ),
    [`GET /comments/${COMMENT.id}/edits`]: listed(),
  });
  await openPage(ADDRESS);
  const [ofPost, ofComment] = await waitFor(() => {
    const notes = main().getAllByRole('button', { name: 'Edited' });
    expect(notes).toHaveLength(2);
    return notes as [HTMLElement, HTMLElement];
  });
  await userEvent.click(ofPost);
  const before = await dialog('What it said before');
  expect(await before.findByText('The first')).toBeTruthy();
  expect(before.getByText('Content warning: Losses')).toBeTruthy();
  await expectAccessible();
  await userEvent.click(before.getByRole('button', { name: 'Close' }));
  await userEvent.click(ofComment);
  expect(await screen.findByText('There is nothing from before.')).toBeTruthy();
});

test('who may not change it is not offered to', async () => {
  stubApi(answers({ [`GET /posts/${POST_ID}`]: seen(POST), [`GET /posts/${POST_ID}/comments`]: THREAD }));
  await openPage(ADDRESS);
  await userEvent.click(await main().findByLabelText(/more actions/));
  expect(await main().findByRole('button', { name: 'Copy link' })).toBeTruthy();
  expect(main().queryByRole('button', { name: /^Edit/ })).toBeNull();
});
