import { type Call, problem, stubApi } from '@sharestack/testing/api.ts';
import { expectAccessible } from '@sharestack/testing/axe.ts';
import { waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { ADA, COMMUNITY, LIN, listed, PERSON, RELATION } from '../../testing/community.ts';
import { done, main } from '../../testing/forms.ts';
import { openPage } from '../../testing/openPage.tsx';
import { signedIn, USER } from '../../testing/signedIn.ts';

const asks = (person: object) => ({
  ...person,
  is_private: false,
  since: '2026-11-20T08:00:00Z',
  relation: { ...RELATION, requested: true },
});

const answers = (more: object = {}) => ({
  ...COMMUNITY,
  ...signedIn(),
  'GET /users/me': ({ query }: Call) =>
    query.get('fields') ? { follow_request_count: 2, is_private: true } : (USER as object),
  'GET /follow-requests': ({ query }: Call) =>
    query.get('direction') === 'sent' ? listed(asks(LIN)) : listed(asks(ADA), asks(LIN)),
  ...more,
});
const changes = (calls: readonly Call[]) => calls.filter(({ method, path }) => method !== 'GET' && !/auth/.test(path));
const button = (name: string) => main().findByRole('button', { name });

test.each(['/account/requests', '/en/account/requests'])('%s has who asks, and how many', async (address) => {
  stubApi(answers());
  await openPage(address);
  expect(await main().findByText('林间小筑')).toBeTruthy();
  expect(await main().findByText(/2 条申请等你回复|2 requests wait for your answer/)).toBeTruthy();
  await expectAccessible();
});

test('a request is accepted, another declined, and one that was withdrawn meanwhile says so', async () => {
  const refusals = [problem(404, 'follow_request_not_found')];
  const calls = stubApi(
    answers({
      'POST /follow-requests/*/accept': () => refusals.pop() ?? done(),
      'DELETE /follow-requests/*': done,
    }),
  );
  await openPage('/en/account/requests');
  await userEvent.click(await button('Accept Ada Hughes'));
  expect(await main().findByText('This request is gone. Perhaps it was withdrawn.')).toBeTruthy();
  expect(main().getByText('2 requests wait for your answer')).toBeTruthy();
  await userEvent.click(await button('Accept Ada Hughes'));
  const said = await main().findByText('Accepted. They follow you now.');
  expect(document.activeElement).toBe(said);
  expect(main().getByText('1 request waits for your answer')).toBeTruthy();
  await userEvent.click(await button('Decline 林间小筑'));
  expect(await main().findByText('Declined. They are not told.')).toBeTruthy();
  await waitFor(() => expect(changes(calls).map(({ method }) => method)).toEqual(['POST', 'POST', 'DELETE']));
  expect(main().queryByText(/for your answer/)).toBeNull();
});

test('a request of one’s own is withdrawn, and asked again', async () => {
  const refusals = [problem(503, 'temporarily_unavailable')];
  const calls = stubApi(
    answers({ 'DELETE /users/*/follow': () => refusals.pop() ?? done(), 'PUT /users/*/follow': PERSON }),
  );
  await openPage('/en/account/requests');
  await userEvent.click(await main().findByRole('link', { name: 'Sent' }));
  await userEvent.click(await button('Withdraw the request to follow 林间小筑'));
  expect(await main().findByText(/did not work/)).toBeTruthy();
  await userEvent.click(await button('Withdraw the request to follow 林间小筑'));
  expect(await main().findByText('Withdrawn.')).toBeTruthy();
  await userEvent.click(await button('Ask again'));
  await waitFor(() => expect(changes(calls).map(({ method }) => method)).toEqual(['DELETE', 'DELETE', 'PUT']));
});

test.each([
  ['received', true, 'When somebody asks to follow you, it is here.'],
  ['received', false, /your account is for everybody/i],
  ['sent', false, 'You have not asked anybody'],
])('nobody who asks (%s, private: %s) is explained', async (direction, isPrivate, words) => {
  stubApi(
    answers({
      'GET /users/me': ({ query }: Call) =>
        query.get('fields') ? { follow_request_count: 0, is_private: isPrivate } : (USER as object),
      'GET /follow-requests': listed(),
    }),
  );
  await openPage(`/en/account/requests?direction=${direction}`);
  expect(await main().findByText(words)).toBeTruthy();
  await expectAccessible();
});
