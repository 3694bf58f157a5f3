import { alive } from '../support/pages.ts';
import { expect, test } from '../support/test.ts';

test('another page has its title, then the focus on its heading', async ({ page }) => {
  await page.goto('/en');
  const product = page.getByRole('main').getByRole('article').getByRole('heading').getByRole('link').first();
  const name = (await product.textContent()) ?? '';
  await product.focus();
  await page.keyboard.press('Enter');
  const heading = page.getByRole('heading', { level: 1, name });
  await expect(heading).toBeFocused();
  expect(await page.title()).toContain(name);
});

test('the first Tab offers to skip to the content', async ({ page }) => {
  await page.goto('/en');
  await page.keyboard.press('Tab');
  const skip = page.getByRole('link', { name: 'Skip to the content' });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true);
});

test('Back returns to the list as it was left', async ({ page }) => {
  await page.goto('/en/search?sort=price');
  const last = page.getByRole('main').getByRole('article').last();
  await last.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await last.getByRole('heading').getByRole('link').click();
  await expect(page).toHaveURL(/\/en\/p\//);
  await page.goBack();
  await expect(page).toHaveURL(/sort=price/);
  await expect(last).toBeInViewport();
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(200);
});

test('going back in a long feed returns to the post that was opened, which has the focus', async ({ page }) => {
  await page.goto('/en/feed');
  await alive(page);
  const posts = page.getByRole('main').getByRole('list').getByRole('article');
  for (let press = 0; press < 2; press++) {
    const before = await posts.count();
    await page.getByRole('link', { name: 'More posts' }).click();
    await expect.poll(() => posts.count()).toBeGreaterThan(before);
  }
  const count = await posts.count();
  const link = posts
    .nth(count - 5)
    .getByRole('link')
    .filter({ has: page.locator('time') })
    .first();
  await link.focus();
  await link.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/en\/posts\//);
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused();
  await page.goBack();
  await expect(posts).toHaveCount(count);
  await expect(link).toBeFocused();
  await expect(link).toBeInViewport();
  expect(Math.abs((await page.evaluate(() => scrollY)) - before)).toBeLessThan(200);
});

test('PageDown scrolls the feed', async ({ page }) => {
  await page.goto('/en/feed');
  await alive(page);
  await expect(page.getByRole('article').first()).toBeVisible();
  await page.keyboard.press('PageDown');
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(100);
  await expect(page).toHaveURL(/\/en\/feed$/);
});

test('without a network a page says so, and opens once it is back', async ({ page, context, trouble }) => {
  trouble.expect(/ERR_INTERNET_DISCONNECTED/, /ApiProblem: 0 offline/, /dynamically imported module/);
  await page.goto('/en');
  const product = page.getByRole('main').getByRole('article').getByRole('heading').getByRole('link').last();
  const name = (await product.textContent()) ?? '';
  await context.setOffline(true);
  await product.click();
  const retry = page.getByRole('main').getByRole('button', { name: 'Try again' });
  await expect(retry).toBeVisible();
  await context.setOffline(false);
  await retry.click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
});
