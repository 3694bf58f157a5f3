import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { COMMENT, COMMENT_VIEWER, COMMUNITY, listed, POST, POST_ID, seen, THREAD } from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const ADDRESS = `/en/posts/${POST_ID}`;
const SEEN_COMMENT = { ...COMMENT, viewer: COMMENT_VIEWER, replies: listed() };

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  [`GET /posts/${POST_ID}`]: seen(POST),
  [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [SEEN_COMMENT] },
  ...more,
});
const button = (name: string) => main().findByRole('button', { name });

test('who is suspended reads why, until when, and where to appeal; what they wrote stays', async () => {
  const sanction = { reason: 'Spam', until: '2099-01-01T08:00:00Z', standing: 'suspended' };
  stubApi(answers({ [`POST /posts/${POST_ID}/comments`]: () => problem(403, 'suspended', sanction) }));
  await openPage(ADDRESS);
  const field = await main().findByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' });
  await userEvent.type(field, 'Well said');
  await userEvent.click(await button('Comment'));
  expect(await main().findByText('Reason: Spam')).toBeTruthy();
  const alert = main().getByText('Reason: Spam').closest('[role=alert]');
  expect(alert?.querySelector('time')?.getAttribute('datetime')).toBe(sanction.until);
  expect(main().getByRole('link', { name: 'The decision, and how to appeal' })).toBeTruthy();
  expect(field.value).toBe('Well said');
  await expectAccessible();
});

test('an answer that is left, closed or gone away from is there when one comes back', async () => {
  stubApi(answers());
  const { router } = await openPage(ADDRESS);
  const answer = () => main().findByRole<HTMLTextAreaElement>('textbox', { name: 'Reply to 林间小筑' });
  await userEvent.click(await button('Reply'));
  await userEvent.type(await answer(), 'Until May');
  const form = within(main().getByRole('form', { name: 'Reply to 林间小筑' }));
  await userEvent.click(form.getByRole('button', { name: 'Cancel' }));
  await userEvent.click(await button('Reply'));
  expect((await answer()).value).toBe('Until May');
  // Another place is another text.
  const own = main().getByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' });
  expect(own.value).toBe('');
  await userEvent.type(own, 'Well said');
  await userEvent.click(main().getAllByRole('link', { name: /Ada Hughes/ })[0] as HTMLElement);
  await waitFor(() => expect(router.state.location.pathname).toBe('/@ada'));
  router.history.back();
  await waitFor(async () =>
    expect((await main().findByRole<HTMLTextAreaElement>('textbox', { name: 'Your comment' })).value).toBe('Well said'),
  );
  await userEvent.click(await button('Reply'));
  expect((await answer()).value).toBe('Until May');
});
