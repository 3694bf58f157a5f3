import { newProduct } from '../support/goods.ts';
import { expect, test } from '../support/test.ts';

test('with forced colours the chosen variant and the focus can still be told', async ({ page, admin }) => {
  const variants = ['Small', 'Large'].map((size) => ({ option_values: [size], price_amount: 1000, stock: 5 }));
  const product = await newProduct(admin, { option_names: ['Size'], variants });
  await page.emulateMedia({ forcedColors: 'active' });
  await page.goto(`/en/p/${product.slug}`);
  const outline = (name: string) =>
    page
      .locator('label', { has: page.getByRole('radio', { name }) })
      .evaluate((label) => getComputedStyle(label).outlineStyle);
  expect(await outline('Small')).not.toBe(await outline('Large'));
  const button = page.getByRole('button', { name: 'Add to cart' });
  expect(await button.evaluate((element) => getComputedStyle(element).borderStyle)).not.toBe('none');
});

test('nothing moves for who wants no motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  for (const path of ['/en', '/en/search', '/en/sign-in']) {
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const moving = await page.evaluate(() =>
      [...document.querySelectorAll('body *')]
        .filter((element) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(element);
          const longest = (text: string) => Math.max(...text.split(',').map(Number.parseFloat));
          return longest(transitionDuration) > 0.01 || (animationName !== 'none' && longest(animationDuration) > 0.01);
        })
        .map(({ outerHTML }) => outerHTML.slice(0, 120)),
    );
    expect(moving).toEqual([]);
  }
});

test('the theme that was chosen is there from the first paint, and stays', async ({ page, trouble }) => {
  trouble.expect(/ERR_FAILED/);
  await page.goto('/en');
  await page.getByRole('combobox', { name: 'Appearance' }).selectOption('dark');
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const dark = await background();
  await page.route('**/assets/*.js', (route) => route.abort());
  await page.reload();
  expect(await background()).toBe(dark);
});
