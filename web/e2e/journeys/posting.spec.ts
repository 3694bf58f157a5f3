import { randomBytes } from 'node:crypto';
import type { Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { alive } from '../support/pages.ts';
import { enter, newAccount, register } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** Somebody new who has chosen a username, signed in on the page and at the API. */
async function writer(page: Page, api: Api): Promise<Api> {
  const account = await newAccount(api);
  const person = await api.another().signIn(account.email, account.password);
  const body = { username: `grace_${randomBytes(4).toString('hex')}`, time_zone: 'Europe/Berlin' };
  await person.call('POST', '/users/me/onboarding', { body });
  await enter(page, account);
  return person;
}

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('the feed, a post and its thread are read, page by page', async ({ page, api }) => {
    const { items } = await api.call('GET', '/feed?limit=1');
    await page.goto('/en/feed');
    await expect(page.getByRole('article').first()).toBeVisible();
    await page.getByRole('link', { name: 'More posts' }).click();
    await expect(page).toHaveURL(/after=/);
    await expect(page.getByRole('article').first()).toBeVisible();
    await page.goto(`/en/posts/${items[0].id}`);
    await expect(page.getByRole('heading', { level: 2, name: 'Comments' })).toBeVisible();
  });
});

test('what is written survives a reload, is published once, and answered', async ({ page, api }) => {
  await writer(page, api);
  await page.goto('/en/compose');
  const words = `A quiet day ${randomBytes(4).toString('hex')}`;
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill(words);
  await page.reload();
  await expect(text).toHaveValue(words);
  await page.getByRole('button', { name: 'Publish' }).dblclick();
  await expect(page).toHaveURL(/\/en\/posts\//);
  await expect(page.getByRole('article').first()).toContainText(words);
  const { items } = await api.call('GET', '/feed?limit=50');
  expect(items.filter((post: { text: string }) => post.text === words)).toHaveLength(1);
  await page.getByRole('textbox', { name: 'Your comment' }).fill('And a long one');
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('article').filter({ hasText: 'And a long one' })).toBeVisible();
});

test('a bookmark pressed many times ends as the last press says', async ({ page, api }) => {
  const person = await writer(page, api);
  const { items } = await api.call('GET', '/feed?limit=1');
  const [{ id }] = items;
  await page.goto(`/en/posts/${id}`);
  const bookmark = page.getByRole('main').getByRole('button', { name: 'Bookmark' }).first();
  for (let press = 0; press < 9; press += 1) await bookmark.click();
  await expect(bookmark).toHaveAttribute('aria-pressed', 'true');
  await expect.poll(async () => (await person.call('GET', `/posts/${id}`)).viewer.is_bookmarked).toBe(true);
});

test('who has no username yet chooses one, and publishes what they wrote', async ({ page }) => {
  await register(page);
  await page.goto('/en/compose');
  await alive(page);
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill('My first words');
  await page.getByRole('button', { name: 'Publish' }).click();
  await page.getByRole('button', { name: 'Choose a username' }).click();
  await page.getByRole('textbox', { name: 'Username' }).fill(`grace_${randomBytes(4).toString('hex')}`);
  await page.getByRole('button', { name: 'Use this name' }).click();
  await expect(page.getByText(/Please try again/)).toBeVisible();
  await expect(text).toHaveValue('My first words');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page).toHaveURL(/\/en\/posts\//);
});

test('what somebody else posts waits behind a button, and is read when it is pressed', async ({
  page,
  api,
  newBrowser,
}) => {
  const reader = await (await newBrowser()).newPage();
  await reader.goto('/en/feed');
  await alive(reader);
  await expect(reader.getByRole('article').first()).toBeVisible();
  const person = await writer(page, api);
  const words = `Fresh from the press ${randomBytes(4).toString('hex')}`;
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') };
  await person.call('POST', '/posts', { body: { text: words }, headers });
  const waiting = reader.getByRole('button', { name: /new posts?$/ });
  await expect(async () => {
    // What is polled is looked at once more when the network is back.
    await reader.evaluate(() => dispatchEvent(new Event('online')));
    await expect(waiting).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 30_000 });
  await expect(reader.getByText(words)).toHaveCount(0);
  await waiting.click();
  await expect(reader.getByText(words)).toBeVisible();
});

test('a post that is deleted while it is read is said to be gone, and nothing written is lost', async ({
  page,
  api,
  newBrowser,
}) => {
  const author = await writer(await (await newBrowser()).newPage(), api);
  const headers = { 'idempotency-key': randomBytes(8).toString('hex') };
  const { id } = await author.call('POST', '/posts', { body: { text: 'Soon gone' }, headers });
  await writer(page, api);
  await page.goto(`/en/posts/${id}`);
  await alive(page);
  const answer = page.getByRole('textbox', { name: 'Your comment' });
  await answer.fill('Three sentences that took a while');
  await author.call('DELETE', `/posts/${id}`);
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(page.getByRole('alert').or(page.getByRole('status')).filter({ hasText: /\w/ }).first()).toBeVisible();
  await expect(answer).toHaveValue('Three sentences that took a while');
});
