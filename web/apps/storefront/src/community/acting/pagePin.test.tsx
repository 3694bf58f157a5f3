import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { COMMUNITY, listed, POST, POST_ID, seen } from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn } from '../../testing/signedIn.ts';

const ADDRESS = `/en/posts/${POST_ID}`;
const answers = (more: object) => ({ ...COMMUNITY, ...signedIn(), ...more });
const button = (name: string) => main().findByRole('button', { name });
const sent = (calls: readonly Call[], part: string) => calls.filter(({ path }) => path.endsWith(part));

test('one’s own post is pinned to one’s page, and taken from there', async () => {
  let refusal: Response | undefined = problem(404, 'post_not_found');
  const calls = stubApi(
    answers({
      [`GET /posts/${POST_ID}`]: seen(POST, { is_author: true, can_pin: true }),
      'PUT /users/me/pinned-post': () => {
        const said = refusal ?? done();
        refusal = undefined;
        return said;
      },
    }),
  );
  await openPage(ADDRESS);
  const pin = async () => {
    await userEvent.click(await main().findByLabelText(/more actions/));
    await userEvent.click(await button('Pin to my page'));
  };
  await pin();
  expect(await main().findByText(/This was deleted/)).toBeTruthy();
  await pin();
  expect(await main().findByText('It stands first on your page now.')).toBeTruthy();
  expect(sent(calls, '/pinned-post').map(({ body }) => body)).toEqual([{ post_id: POST_ID }, { post_id: POST_ID }]);
});

test('a post that stands first on one’s page can be taken from there', async () => {
  const calls = stubApi(
    answers({
      'GET /feed': listed({ ...seen(POST, { is_author: true, can_pin: true }), is_pinned: true }),
      'DELETE /users/me/pinned-post': done,
    }),
  );
  await openPage('/en/feed');
  await userEvent.click(await main().findByLabelText(/more actions/));
  await userEvent.click(await button('Unpin from my page'));
  expect(await main().findByText('It is not pinned to your page any more.')).toBeTruthy();
  expect(sent(calls, '/pinned-post')).toHaveLength(1);
});
