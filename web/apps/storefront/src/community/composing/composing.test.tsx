import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, test, vi } from 'vitest';
import { another, COMMUNITY, GROUP, listed, POST, POST_ID, seen } from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';
import { characterCount } from '../writing/characters.ts';
import { EMPTY, faultOf } from './written.ts';

/** Storage takes what is sent to it. */
class Storage {
  upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  status = 204;
  onload: (() => void) | undefined;
  open() {}
  send() {
    this.upload.onprogress?.({ loaded: 1, total: 1 });
    setTimeout(() => this.onload?.());
  }
}

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => 'blob:picture');
  URL.revokeObjectURL = vi.fn();
});

const DRAFT = seen({ ...another(5, { text: 'Half a thought' }), status: 'draft', version: 4 }, { is_author: true });

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  [`GET /posts/${POST_ID}`]: seen(POST),
  'POST /posts': ({ body }: Call) => seen({ ...POST, ...(body as object), entities: [], poll: null, media: [] }),
  'GET /posts/drafts': listed(DRAFT),
  ...more,
});
const text = () => main().findByRole('textbox', { name: 'Text' });
const button = (name: string) => main().getByRole('button', { name });
const posts = (calls: readonly Call[]) => calls.filter(({ method, path }) => method === 'POST' && path === '/posts');

test.each(['/compose', '/en/compose'])('%s asks who is not signed in to do so', async (address) => {
  stubApi(COMMUNITY);
  await openPage(address);
  expect(await main().findByText(/Sign in to write a post|登录后就能写动态/)).toBeTruthy();
  await expectAccessible();
});

test('a post is written with all that belongs to it, kept while it cannot be sent, and sent once', async () => {
  vi.stubGlobal('XMLHttpRequest', Storage);
  const refusals = [problem(503, 'temporarily_unavailable')];
  const media = { id: '01931b6e-4444-7000-8000-000000000001', status: 'ready', url: '/media/m.webp', reason: null };
  const calls = stubApi(
    answers({
      'POST /posts': ({ body }: Call) =>
        refusals.pop() ?? seen({ ...POST, text: (body as { text: string }).text, entities: [] }),
      'POST /media/uploads': { media, upload: { url: 'https://files.example', fields: { key: 'k' } } },
      'GET /media/*': media,
    }),
  );
  const { router } = await openPage('/en/compose');
  const field = await text();
  await userEvent.click(button('Publish'));
  expect(main().getByText('Please write something first, or add a picture.')).toBeTruthy();
  await userEvent.type(field, 'Up we go');
  await userEvent.click(button('Add a content warning'));
  await userEvent.type(main().getByLabelText('Content warning'), 'Losses');
  await userEvent.upload(main().getByLabelText(/Add pictures/), new File(['x'], 'chart.png', { type: 'image/png' }));
  await userEvent.type(await main().findByLabelText('What is in picture 1?'), 'A chart');
  await userEvent.click(button('Add a poll'));
  await userEvent.type(main().getByLabelText('Option 1'), 'Up');
  await userEvent.click(button('Publish'));
  expect(main().getByText('A poll has two different options at least.')).toBeTruthy();
  await userEvent.type(main().getByLabelText('Option 2'), 'Down');
  await userEvent.click(button('Add an option'));
  await userEvent.click(button('Remove option 3'));
  await userEvent.selectOptions(main().getByLabelText('How long it lasts'), '3');
  await userEvent.click(main().getByLabelText(/Show the results only/));
  await userEvent.selectOptions(main().getByLabelText('Who sees it'), 'followers');
  await userEvent.selectOptions(main().getByLabelText('Mood'), 'bullish');
  await expectAccessible();
  await userEvent.click(button('Publish'));
  await main().findByText(/did not work/);
  expect(localStorage.getItem('draft:u-1:post:::')).toContain('Up we go');
  await userEvent.click(button('Publish'));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/posts/${POST_ID}`));
  const sent = posts(calls);
  expect(sent).toHaveLength(2);
  expect(sent[0]?.headers.get('idempotency-key')).toBe(sent[1]?.headers.get('idempotency-key'));
  expect(sent[1]?.body).toEqual({
    text: 'Up we go',
    content_warning: 'Losses',
    visibility: 'followers',
    reply_policy: 'everybody',
    sentiment: 'bullish',
    media: [{ media_id: media.id, alt: 'A chart' }],
    poll: { options: ['Up', 'Down'], duration_minutes: 4320, hides_results: true },
    quoted_post_id: null,
    status: 'published',
  });
  expect(localStorage.getItem('draft:u-1:post:::')).toBeNull();
});

test('what was begun is there again, and what is changed after a lost answer is another post', async () => {
  const calls = stubApi(answers({ 'POST /posts': () => problem(503, 'temporarily_unavailable') }));
  await openPage('/en/compose');
  await userEvent.type(await text(), 'One');
  await userEvent.click(button('Publish'));
  await main().findByText(/did not work/);
  document.body.innerHTML = '';
  await openPage('/en/compose');
  const field = await text();
  expect((field as HTMLTextAreaElement).value).toBe('One');
  await userEvent.type(field, ' and two');
  await userEvent.click(button('Publish'));
  await waitFor(() => expect(posts(calls)).toHaveLength(2));
  const [first, second] = posts(calls).map(({ headers }) => headers.get('idempotency-key'));
  expect(first).not.toBe(second);
});

test('tickers, hashtags and names are completed by keys; Enter that ends composing chooses nothing', async () => {
  const calls = stubApi(
    answers({
      'GET /tickers': listed(
        { symbol: 'AAPL', name: 'Apple', name_zh: '苹果' },
        { symbol: 'AMZN', name: null, name_zh: null },
      ),
      'GET /hashtags': listed({ key: 'earnings', name: 'Earnings', posts: 3 }),
      'GET /search/suggestions': listed(
        { kind: 'user', key: '林间', text: '林间小筑' },
        { kind: 'product', key: 'pot', text: 'Pot' },
      ),
    }),
  );
  await openPage('/en/compose');
  const field = (await text()) as HTMLTextAreaElement;
  await userEvent.type(field, '看好$a');
  expect(await screen.findByRole('option', { name: /AAPL/ })).toBeTruthy();
  await expectAccessible();
  fireEvent.keyDown(field, { key: 'Enter', isComposing: true });
  expect(field.value).toBe('看好$a');
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}');
  expect(field.value).toBe('看好$AAPL ');
  await userEvent.type(field, '#ear');
  await userEvent.click(await screen.findByRole('option', { name: /Earnings/ }));
  expect(field.value).toBe('看好$AAPL #Earnings ');
  await userEvent.type(field, '@lin');
  expect(await screen.findByRole('option', { name: /林间小筑/ })).toBeTruthy();
  expect(screen.queryByRole('option', { name: /Pot/ })).toBeNull();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('listbox', { name: 'Suggestions' })).toBeNull();
  expect(calls.find(({ path }) => path === '/tickers')?.query.get('prefix')).toBe('a');
});

test('what was typed on after a suggestion came is part of what it replaces', async () => {
  stubApi(answers({ 'GET /hashtags': listed({ key: 'earnings', name: 'Earnings', posts: 3 }) }));
  await openPage('/en/compose');
  const field = (await text()) as HTMLTextAreaElement;
  await userEvent.type(field, '#ea');
  const option = await screen.findByRole('option', { name: /Earnings/ });
  fireEvent.input(field, { target: { value: '#earn' } });
  field.setSelectionRange(5, 5);
  fireEvent.click(option);
  expect(field.value).toBe('#Earnings ');
});

test('a quote shows what it is about; a post in a group says where it goes', async () => {
  const calls = stubApi(answers({ 'GET /groups/tea': GROUP }));
  const { router } = await openPage(`/en/compose?quote=${POST_ID}&group=tea`);
  expect(await main().findByText('In the group “Tea”')).toBeTruthy();
  expect(await main().findByRole('blockquote', { name: 'Quoted post' })).toBeTruthy();
  expect(main().queryByLabelText('Who sees it')).toBeNull();
  await userEvent.click(button('Publish'));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/posts/${POST_ID}`));
  expect(posts(calls)[0]?.body).toMatchObject({ quoted_post_id: POST_ID, group_id: GROUP.id, text: '' });
});

test('what a quote is about may be gone', async () => {
  stubApi(answers({ [`GET /posts/${POST_ID}`]: () => problem(404, 'not_found') }));
  await openPage(`/en/compose?quote=${POST_ID}`);
  expect(await main().findByRole('button', { name: 'Try again' })).toBeTruthy();
});

test('a post is scheduled for a moment to come', async () => {
  const calls = stubApi(answers());
  const { router } = await openPage('/en/compose');
  await userEvent.type(await text(), 'Tomorrow');
  await userEvent.click(button('Schedule'));
  const dialog = within(await screen.findByRole('dialog', { name: 'Schedule' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Schedule' }));
  expect(dialog.getByText('Please choose a moment in the future.')).toBeTruthy();
  await expectAccessible();
  fireEvent.input(dialog.getByLabelText('When is it published?'), { target: { value: '2099-01-01T08:00' } });
  await userEvent.click(dialog.getByRole('button', { name: 'Schedule' }));
  await waitFor(() => expect(posts(calls)).toHaveLength(1));
  expect(posts(calls)[0]?.body).toMatchObject({
    status: 'scheduled',
    publish_at: new Date('2099-01-01T08:00').toISOString(),
  });
  // The stand-in answers as it was sent: scheduled, so one is led to what waits.
  await waitFor(() => expect(router.state.location.pathname).toBe('/account/drafts'));
});

test('drafts are gone on with, published and deleted', async () => {
  const HELD = seen({ ...another(6, { text: '' }), status: 'draft', publish_at: '2026-11-20T08:00:00Z' });
  const WAITING = seen({ ...another(7), status: 'scheduled', publish_at: '2099-01-01T08:00:00Z' });
  let drafts: object[] = [DRAFT, HELD, WAITING];
  const calls = stubApi(
    answers({
      'GET /posts/drafts': () => listed(...drafts),
      [`GET /posts/${DRAFT.id}`]: DRAFT,
      [`PATCH /posts/${DRAFT.id}`]: { ...DRAFT, status: 'draft' },
      [`DELETE /posts/${HELD.id}`]: () => {
        drafts = [DRAFT, WAITING];
        return done();
      },
      [`POST /posts/${WAITING.id}/publish`]: () => problem(403, 'suspended'),
    }),
  );
  const { router } = await openPage('/en/account/drafts');
  expect(await main().findByText('Half a thought')).toBeTruthy();
  expect(main().getByText(/It could not be published/)).toBeTruthy();
  expect(main().getByText(/Scheduled for/)).toBeTruthy();
  await expectAccessible();
  await userEvent.click(main().getAllByRole('button', { name: 'Publish now' })[2] as HTMLElement);
  expect(await main().findByText(/cannot publish anything/)).toBeTruthy();
  await userEvent.click(main().getAllByRole('button', { name: 'Delete' })[1] as HTMLElement);
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Delete' }));
  await waitFor(() => expect(main().queryByText('(no text)')).toBeNull());
  await userEvent.click(main().getAllByRole('link', { name: 'Go on writing' })[0] as HTMLElement);
  const field = await text();
  expect((field as HTMLTextAreaElement).value).toBe('Half a thought');
  await userEvent.type(field, ' more');
  await userEvent.click(button('Save as a draft'));
  await waitFor(() => expect(router.state.location.pathname).toBe('/account/drafts'));
  expect(calls.find(({ method }) => method === 'PATCH')?.body).toMatchObject({
    text: 'Half a thought more',
    version: 4,
    status: 'draft',
  });
});

test('who has no username chooses one, and publishes what they wrote', async () => {
  let name: string | null = null;
  const calls = stubApi(
    answers({
      'POST /posts': () => (name ? seen(POST) : problem(409, 'onboarding_required')),
      'POST /users/me/onboarding': ({ body }: Call) => {
        const { username } = body as { username: string };
        if (username === 'ada') return problem(409, 'username_taken', { suggestions: ['ada_1', 'ada_2'] });
        name = username;
        return { id: 'u-1', username };
      },
    }),
  );
  const { router } = await openPage('/en/compose');
  await userEvent.type(await text(), 'My first words');
  await userEvent.click(button('Publish'));
  await userEvent.click(await main().findByRole('button', { name: 'Choose a username' }));
  const dialog = within(await screen.findByRole('dialog', { name: 'Choose a username' }));
  await userEvent.type(dialog.getByLabelText('Username'), 'ada{Enter}');
  expect(await dialog.findByText('Still free: ada_1, ada_2')).toBeTruthy();
  await expectAccessible();
  await userEvent.type(dialog.getByLabelText('Username'), '_1{Enter}');
  expect(await main().findByText('You are @ada_1 now. Please try again.')).toBeTruthy();
  await userEvent.click(button('Publish'));
  await waitFor(() => expect(router.state.location.pathname).toBe(`/posts/${POST_ID}`));
  expect(new Set(posts(calls).map(({ headers }) => headers.get('idempotency-key'))).size).toBe(1);
});

test('without drafts one is led to writing', async () => {
  stubApi(answers({ 'GET /posts/drafts': listed() }));
  await openPage('/en/account/drafts');
  expect(await main().findByText('No drafts')).toBeTruthy();
});

// The same cases as in `tests/unit/shared/test_graphemes.py`: both sides count alike.
test.each([
  ['abc', 3],
  ['  a\r\nb  ', 3],
  ['看好', 2],
  ['\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}', 1],
  ['\u{1f3f4}\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}', 1],
  ['e\u0301', 1],
])('%j has as many characters as people count', (words, count) => {
  expect(characterCount(words)).toBe(count);
});

test('two thousand families are taken, and one more is not', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466}';
  const nothing = { quotedId: null, groupId: null };
  expect(faultOf({ ...EMPTY, text: family.repeat(2000) }, nothing)).toBeNull();
  expect(faultOf({ ...EMPTY, text: family.repeat(2001) }, nothing)).toBe('tooLong');
  expect(faultOf({ ...EMPTY, text: 'a', warning: 'w'.repeat(201) }, nothing)).toBe('warningTooLong');
  const picture = { media_id: 'm', url: '', alt: 'a'.repeat(1001) };
  expect(faultOf({ ...EMPTY, pictures: [picture] }, nothing)).toBe('altTooLong');
  const poll = { options: ['a', 'b'.repeat(81)], days: 1, hides: false };
  expect(faultOf({ ...EMPTY, text: 'a', poll }, nothing)).toBe('optionTooLong');
});
