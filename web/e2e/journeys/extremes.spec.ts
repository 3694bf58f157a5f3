import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { newProduct } from '../support/goods.ts';
import { register } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(beyond, `pixels beyond the edge of ${page.url()}`).toBeLessThanOrEqual(0);
}

test.use({ viewport: { width: 390, height: 844 } });

const NAMES = {
  'as long as can be, without a space': 'W'.repeat(255),
  'from right to left': 'كوب خزفي مصنوع يدويا (2024)',
  'of emoji': '🫖🍵👩‍👩‍👧‍👦'.repeat(12),
};

for (const [kind, name] of Object.entries(NAMES)) {
  test(`a name ${kind} breaks no page`, async ({ page, admin }) => {
    const product = await newProduct(admin, { name, slug: `name-${randomUUID()}` });
    await page.goto(`/en/p/${product.slug}`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
    await expectNoSidewaysScroll(page);
    await page.getByRole('button', { name: 'Add to cart' }).click();
    await expect(page.getByText('It is in your cart.')).toBeVisible();
    await page.goto('/en/cart');
    await expect(page.getByRole('main').getByRole('link', { name }).first()).toBeVisible();
    await expectNoSidewaysScroll(page);
    await page.goto('/en/search?sort=newest');
    await expect(page.getByRole('main').getByRole('link', { name }).first()).toBeVisible();
    await expectNoSidewaysScroll(page);
  });
}

test('a hundred variants can be chosen from', async ({ page, admin }) => {
  const sizes = Array.from({ length: 10 }, (_, number) => `Size ${number + 1}`);
  const glazes = Array.from({ length: 10 }, (_, number) => `Glaze ${number + 1}`);
  const variants = sizes.flatMap((size, row) =>
    glazes.map((glaze, column) => ({
      option_values: [size, glaze],
      price_amount: 1000 + row * 10 + column,
      stock: 1,
    })),
  );
  const product = await newProduct(admin, { option_names: ['Size', 'Glaze'], variants });
  await page.goto(`/en/p/${product.slug}`);
  await page.getByRole('radio', { name: 'Size 10' }).check();
  await page.getByRole('radio', { name: 'Glaze 10' }).check();
  await expect(page.getByText('$10.99')).toBeVisible();
  await expectNoSidewaysScroll(page);
});

test('the longest name of a person breaks no page', async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await register(page, `${'Wolfeschlegelsteinhausen'.repeat(8)} مرحبا`.slice(0, 200));
  await page.getByRole('button', { name: 'Your account' }).click();
  await expectNoSidewaysScroll(page);
});
