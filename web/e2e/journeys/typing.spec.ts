import type { Page } from '@playwright/test';
import { alive } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

const search = (page: Page) => page.getByRole('combobox', { name: '搜索商品' });

test('Enter that ends composing Chinese does not search, the next Enter does', async ({ page }) => {
  await page.goto('/');
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await search(page).click();
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Input.imeSetComposition', { text: '杯', selectionStart: 1, selectionEnd: 1 });
  const key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 };
  await devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...key });
  await devtools.send('Input.insertText', { text: '杯' });
  await devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...key });
  await expect(search(page)).toHaveValue('杯');
  await expect(page).toHaveURL(/\/$/);
  expect(requests.filter((url) => url.includes('/search?q='))).toEqual([]);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/search\?q=/);
});

test('what is typed before the page is alive stays, and is searched for', async ({ page }) => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route('**/assets/*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto('/', { waitUntil: 'commit' });
  await search(page).fill('杯子');
  release();
  await alive(page);
  await expect(search(page)).toHaveValue('杯子');
  await search(page).press('Enter');
  await expect(page).toHaveURL(`/search?q=${encodeURIComponent('杯子')}`);
});

test('a form that was sent without a network keeps what was typed', async ({ page, context, trouble }) => {
  trouble.expect(/ERR_INTERNET_DISCONNECTED/);
  await page.goto('/en/register');
  await page.getByLabel('Name').fill('Grace Hopper');
  await page.getByLabel('Email').fill('grace@example.com');
  await page.getByLabel('Password', { exact: true }).fill('violet-harbour-lantern-91');
  await context.setOffline(true);
  await page.getByRole('button', { name: 'Register' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'The network is down' })).toBeVisible();
  await expect(page.getByLabel('Email')).toHaveValue('grace@example.com');
  await context.setOffline(false);
});
