import type { Page } from '@playwright/test';
import { addToCart, choose, fillInDetails, goOnToPayment, orderShown, payButton } from '../support/buying.ts';
import { newProduct } from '../support/goods.ts';
import { newEmail, PASSWORD, register, signIn } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

/** How many orders the person who is signed in has. */
const orders = async (page: Page) => {
  await page.goto('/en/account/orders');
  await page.getByRole('heading', { level: 1 }).waitFor();
  const rows = page.getByRole('main').locator('a[href*="/account/orders/"]');
  await rows.first().waitFor();
  return rows.evaluateAll((links) => new Set(links.map((link) => link.getAttribute('href'))).size);
};

test('two presses in a row pay once', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await register(page);
  await addToCart(page, product.slug);
  await fillInDetails(page);
  await goOnToPayment(page);
  await choose(page, 'Visa pays');
  await payButton(page).dblclick();
  await orderShown(page);
  expect(await orders(page)).toBe(1);
});

test('a press whose answer was lost can be repeated, and pays once', async ({ page, admin, trouble }) => {
  trouble.expect(/ERR_FAILED|net::/, /ApiProblem: 0/);
  const product = await newProduct(admin);
  await register(page);
  await addToCart(page, product.slug);
  await fillInDetails(page);
  await goOnToPayment(page);
  await choose(page, 'Visa pays');
  let isLost = false;
  await page.route('**/api/v1/orders', async (route) => {
    if (isLost || route.request().method() !== 'POST') return route.continue();
    isLost = true;
    await route.fetch(); // the shop has it, and the browser never learns so
    return route.abort();
  });
  await payButton(page).click();
  const again = page.getByRole('button', { name: /^(Try again|Order and pay)/ });
  const order = page.getByRole('heading', { level: 1, name: /Order \S+/ });
  await expect(again.or(order).first()).toBeVisible({ timeout: 30_000 });
  if (!(await order.isVisible())) await again.first().click();
  await orderShown(page);
  expect(isLost).toBe(true);
  expect(await orders(page)).toBe(1);
});

test('two orders in one visit are two pages, and Back shows no cart of before', async ({ page, admin }) => {
  const numbers: string[] = [];
  for (let count = 0; count < 2; count++) {
    const product = await newProduct(admin);
    await addToCart(page, product.slug);
    await fillInDetails(page, newEmail());
    await goOnToPayment(page);
    await choose(page, 'Visa pays');
    await payButton(page).click();
    numbers.push(await orderShown(page));
  }
  expect(new Set(numbers).size).toBe(2);
  await page.goBack();
  await expect(payButton(page)).toHaveCount(0);
  await expect(page.getByRole('main')).not.toBeEmpty();
});

test('a session that ends in mid-checkout is gone on with, and what was filled in is still there', async ({
  page,
  context,
  admin,
}) => {
  const product = await newProduct(admin);
  const email = await register(page);
  await addToCart(page, product.slug);
  await fillInDetails(page);
  await context.clearCookies();
  // The access token of the page ends as well.
  await page.route('**/api/v1/cart/checkout', (route) => {
    const body = JSON.stringify({ code: 'not_authenticated', status: 401, title: 'x', type: 'x' });
    return route.fulfill({ status: 401, contentType: 'application/problem+json', body });
  });
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'please sign in again' })).toBeVisible({ timeout: 20_000 });
  await page.unroute('**/api/v1/cart/checkout');
  await signIn(page, { email, password: PASSWORD });
  await expect(page.getByLabel('Street and number')).toHaveValue('Invalidenstraße 44');
  await goOnToPayment(page);
});
