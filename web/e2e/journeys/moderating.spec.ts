import { randomUUID } from 'node:crypto';
import { enter, linkInLetter, newAccount } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

test('a day of a moderator: a report is claimed, acted on, appealed against and judged', async ({ page, api }) => {
  const word = `guaranteed-${randomUUID().slice(0, 8)}`;
  const author = await newAccount(api);
  const writer = await api.another().signIn(author.email, author.password);
  const link = await linkInLetter(api, author.email, '/verify-email');
  const token = new URL(link, ready().address).searchParams.get('token');
  await api.call('POST', '/auth/email/verify', { body: { token } });
  await writer.call('POST', '/users/me/onboarding', {
    body: { username: `mallory_${randomUUID().slice(0, 8)}`, display_name: 'Mallory', time_zone: 'UTC' },
  });
  const post = await writer.call('POST', '/posts', {
    body: { text: `${word} returns, every week` },
    headers: { 'idempotency-key': randomUUID() },
  });
  const reporter = await api.another().signIn(ready().admin.customer.email, ready().admin.customer.password);
  await reporter.call('POST', '/reports', { body: { target: { kind: 'post', id: post.id }, reason: 'scam' } });

  await enter(page, ready().admin);
  await page.goto('/admin/reports?sort=newest');
  await page.getByRole('link', { name: new RegExp(word) }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/Post|帖子/);
  await page.getByRole('button', { name: /^(Claim|认领)$/ }).click();
  const act = page.getByRole('form', { name: /^(Act|采取措施)$/ });
  await act.getByLabel(/^(Action|措施)/).selectOption('hide');
  await act.getByLabel(/^(Reason|理由)/).fill('It promises returns.');
  await act.getByRole('button', { name: /^(Do it|执行)$/ }).click();
  await expect(page.getByRole('region', { name: /^(Resolved|已处理)$/ })).toBeVisible();
  await api.call('GET', `/posts/${post.id}`, { expect: 404 });

  const { items } = await writer.call('GET', '/moderation/actions');
  const body = { action_id: items[0].id, text: `It was a joke: ${word}` };
  await writer.call('POST', '/appeals', { body });
  await page.goto('/admin/appeals');
  await page.getByRole('link', { name: new RegExp(word) }).click();
  const decide = page.getByRole('form');
  await decide.getByLabel(/^(Decision|结论)/).selectOption('accepted');
  await decide.getByLabel(/^(Answer|答复)/).fill('Agreed.');
  await decide.getByRole('button').click();
  await expect(page.getByRole('region', { name: /^(Accepted|已接受)$/ })).toBeVisible();
  await api.call('GET', `/posts/${post.id}`);
});
