import { randomUUID } from 'node:crypto';
import { enter, newStaff, verifiedAccount } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

test('a day of a moderator: a report is claimed, acted on, appealed against and judged', async ({
  page,
  api,
  admin,
  newBrowser,
}) => {
  const word = `guaranteed-${randomUUID().slice(0, 8)}`;
  const author = await verifiedAccount(api);
  const writer = await api.another().signIn(author.email, author.password);
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
  // Who took a decision does not judge what is said against it.
  const colleague = await (await newBrowser()).newPage();
  await enter(colleague, await newStaff(admin, ['moderator']));
  for (const one of [page, colleague]) {
    await one.goto('/admin/appeals');
    await one.getByRole('link', { name: new RegExp(word) }).click();
    const decide = one.getByRole('form');
    await decide.getByLabel(/^(Decision|结论)/).selectOption('accepted');
    await decide.getByLabel(/^(Answer|答复)/).fill('Agreed.');
    await decide.getByRole('button').click();
    if (one === page) await expect(decide.getByRole('alert')).toContainText(/somebody else|他人|别人|其他/);
  }
  await expect(colleague.getByRole('region', { name: /^(Accepted|已接受)$/ })).toBeVisible();
  await api.call('GET', `/posts/${post.id}`);
});
