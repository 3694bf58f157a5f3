import { problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { COMMUNITY, listed, POST, POST_ID, seen } from '../../testing/community.ts';
import { main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /posts/drafts': listed(),
  [`GET /posts/${POST_ID}`]: seen({ ...POST, visibility: 'followers' }),
  ...more,
});
const text = () => main().findByRole<HTMLTextAreaElement>('textbox', { name: 'Text' });

test('who writes for followers is told that a mention opens nothing, and that anybody can follow', async () => {
  stubApi(answers());
  await openPage('/en/compose');
  await userEvent.type(await text(), 'For you, @lin');
  expect(main().queryByRole('note')).toBeNull();
  await userEvent.selectOptions(main().getByLabelText('Who sees it'), 'followers');
  expect(main().getByRole('note').textContent).toMatch(/those whom you mention.*anybody can follow you/);
  await expectAccessible();
});

test('a quote for more people than what it quotes is refused in words, and keeps its text', async () => {
  stubApi(answers({ 'POST /posts': () => problem(422, 'quote_too_wide') }));
  await openPage(`/en/compose?quote=${POST_ID}`);
  await userEvent.type(await text(), 'Look');
  await userEvent.click(main().getByRole('button', { name: 'Publish' }));
  expect(await main().findByText(/cannot be seen by more people/)).toBeTruthy();
  expect((await text()).value).toBe('Look');
  expect(main().getByRole<HTMLSelectElement>('combobox', { name: 'Who sees it' }).value).toBe('public');
});
