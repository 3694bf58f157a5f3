import { stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import {
  ADA,
  another,
  COMMENT,
  COMMENT_VIEWER,
  COMMUNITY,
  LIN,
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

test('a name that turns the direction of writing turns nothing around it', async () => {
  const turned = { ...LIN, display_name: 'evil \u202e' };
  stubApi({
    ...COMMUNITY,
    'GET /feed': listed({ ...POST, author: turned, reposted_by: turned }),
    [`GET /posts/${POST_ID}`]: { ...POST, author: turned, quoted: { post: another(2, { author: turned }) } },
    [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [{ ...COMMENT, author: turned, replies: listed() }] },
  });
  for (const [address, places] of [
    ['/en/feed', 2],
    [ADDRESS, 3],
  ] as const) {
    document.body.innerHTML = '';
    await openPage(address);
    await main().findAllByRole('article');
    const names = await main().findAllByText(/^evil/, { ignore: 'title, h1' });
    expect(names.length).toBeGreaterThanOrEqual(places);
    for (const name of names) expect(name.closest('bdi')).not.toBeNull();
  }
});

test('names and texts of any script come as they were written, in their own direction', async () => {
  const author = { ...ADA, display_name: 'ليلى 林 \u{20bb7} 👩🏽‍🌾' };
  stubApi({ ...COMMUNITY, 'GET /feed': listed({ ...POST, author, text: 'مرحبا 看好', entities: [] }) });
  await openPage('/en/feed');
  expect(await main().findByText(author.display_name)).toBeTruthy();
  expect(main().getByText('مرحبا 看好').getAttribute('dir')).toBe('auto');
});

test('of what was removed its author reads the words and the reason, others that it is gone', async () => {
  const removed = { ...COMMENT, state: 'hidden', author: null, text: null, replies: listed() };
  const own = { ...removed, text: 'My words', hidden_reason: 'It sells.', viewer: COMMENT_VIEWER };
  const answers = { ...COMMUNITY, [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [removed] } };
  stubApi(answers);
  await openPage(ADDRESS);
  const gone = await main().findByText('Moderators have hidden this comment.');
  expect(gone.textContent).not.toContain('Only you');
  document.body.innerHTML = '';
  stubApi({
    ...answers,
    ...signedIn(),
    [`GET /posts/${POST_ID}`]: seen(POST),
    [`GET /posts/${POST_ID}/comments`]: { ...THREAD, items: [own] },
  });
  await openPage(ADDRESS);
  expect(await main().findByText('My words')).toBeTruthy();
  expect(main().getByText(/Only you see what it said. Reason: It sells./)).toBeTruthy();
  await expectAccessible();
});

test('results that are withheld are not shown, and the page says when they will be', async () => {
  const options = POLL.options.map((one) => ({ ...one, votes: null, percentage: null }));
  stubApi({ ...COMMUNITY, 'GET /feed': listed({ ...POST, poll: { ...POLL, hides_results: true, options } }) });
  await openPage('/en/feed');
  const poll = within(await main().findByRole('region', { name: 'Poll' }));
  expect(poll.getByText('Results are shown once you have voted, or at the end.')).toBeTruthy();
  expect(poll.getByText('Up')).toBeTruthy();
  expect(poll.queryByText(/%|null|NaN/)).toBeNull();
});

test('what has words that one filters is covered whole: text, pictures, poll and quote', async () => {
  const picture = { ...LIN.picture, alt: 'Dice', media_id: 'm-1', width: 800, height: 400 };
  const folded = { ...POST, text: 'Bet', entities: [], media: [picture], poll: POLL, quoted: { post: another(3) } };
  stubApi({ ...COMMUNITY, ...signedIn(), 'GET /feed': listed(seen(folded, { is_folded: true })) });
  await openPage('/en/feed');
  const cover = (await main().findByText('Has words that you filter')).closest('details');
  for (const inside of [
    main().getByText('Bet'),
    main().getByText('Post 3'),
    main().getByAltText('Dice'),
    await main().findByRole('radio', { name: 'Up', hidden: true }),
  ]) {
    expect(cover?.contains(inside)).toBe(true);
  }
  expect(cover?.open).toBe(false);
  await userEvent.click(screen.getByText('Has words that you filter'));
  expect(cover?.open).toBe(true);
});
