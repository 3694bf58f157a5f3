import { linkInLetter, register, signIn } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

test('whoever signed in still is after a reload, in another tab too, until they sign out anywhere', async ({
  page,
}) => {
  const { customer } = ready().admin;
  await page.goto('/en/sign-in');
  await signIn(page, customer);
  const account = page.getByRole('button', { name: 'Your account' });
  await expect(account).toBeVisible();
  const other = await page.context().newPage();
  await Promise.all([page.reload(), other.goto('/en')]);
  await expect(account).toBeVisible();
  await expect(other.getByRole('button', { name: 'Your account' })).toBeVisible();
  await other.getByRole('button', { name: 'Your account' }).click();
  await other.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('banner').getByRole('link', { name: 'Sign in' })).toBeVisible();
});

test('two tabs that refresh at once both stay signed in', async ({ page }) => {
  await page.goto('/en/sign-in');
  await signIn(page, ready().admin.customer);
  await expect(page.getByRole('button', { name: 'Your account' })).toBeVisible();
  const tabs = [page, await page.context().newPage(), await page.context().newPage()];
  const refused: string[] = [];
  page.context().on('response', (answer) => {
    if (answer.url().endsWith('/auth/refresh') && !answer.ok()) refused.push(`${answer.status()}`);
  });
  await Promise.all(tabs.map((tab) => tab.goto('/en/search')));
  for (const tab of tabs) await expect(tab.getByRole('button', { name: 'Your account' })).toBeVisible();
  expect(refused).toEqual([]);
});

test('signing in leads back to the page that it was asked from', async ({ page }) => {
  await page.goto('/en/search?sort=price');
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).click();
  await signIn(page, ready().admin.customer);
  await expect(page).toHaveURL(/\/en\/search\?sort=price/);
});

test('a wrong password is said in words, beside a form that keeps the address', async ({ page }) => {
  await page.goto('/en/sign-in');
  await signIn(page, { email: 'nobody@example.com', password: 'not-the-password' });
  await expect(page.getByRole('alert').filter({ hasText: 'is wrong' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('nobody@example.com');
});

test('a new account gets a letter whose link opens a page of this site', async ({ page, api }) => {
  const email = await register(page);
  const link = await linkInLetter(api, email, '/verify-email');
  expect(link).toMatch(/^(\/en)?\/verify-email\?token=/);
});
