import type { Page } from '@playwright/test';
import { newProduct } from '../support/goods.ts';
import { register } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const quantity = (page: Page, name: string) => page.getByRole('textbox', { name: `Quantity of ${name}` });

test('ten quick presses in two tabs are one line with all of them', async ({ page, context, admin }) => {
  const product = await newProduct(admin, { variants: [{ price_amount: 1250, stock: 50 }] });
  const other = await context.newPage();
  await page.goto(`/en/p/${product.slug}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('It is in your cart.')).toBeVisible();
  await other.goto(`/en/p/${product.slug}`);
  const press = async (tab: Page) => {
    for (let count = 0; count < 5; count++) await tab.getByRole('button', { name: 'Add to cart' }).click();
    await expect(tab.getByText('It is in your cart.')).toBeVisible();
  };
  await Promise.all([press(page), press(other)]);
  await page.goto('/en/cart');
  await expect(page.getByRole('main').getByRole('link', { name: product.name })).toHaveCount(1);
  await expect(quantity(page, product.name)).toHaveValue('11');
});

test("a guest's cart is still there after registering", async ({ page, admin }) => {
  const product = await newProduct(admin);
  await page.goto(`/en/p/${product.slug}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('It is in your cart.')).toBeVisible();
  await register(page);
  await page.goto('/en/cart');
  await expect(quantity(page, product.name)).toHaveValue('1');
});

test('what sold out or costs another price since is told', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await page.goto(`/en/p/${product.slug}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByText('It is in your cart.')).toBeVisible();
  const { version, variants } = await admin.call('GET', `/admin/products/${product.id}`);
  const body = { version, variants: [{ id: variants[0].id, price_amount: 1500 }] };
  await admin.call('PATCH', `/admin/products/${product.id}`, { body });
  await page.goto('/en/cart');
  await expect(page.getByText('The price has changed')).toContainText('$15.00');
});
