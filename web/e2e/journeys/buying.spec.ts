import { addToCart, choose, fillInDetails, goOnToPayment, orderShown, payButton } from '../support/buying.ts';
import { newProduct } from '../support/goods.ts';
import { newEmail } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test.beforeEach(async ({ page, admin }) => {
  const product = await newProduct(admin);
  await addToCart(page, product.slug);
  await fillInDetails(page, newEmail());
  await goOnToPayment(page);
});

test('a guest buys with Visa and sees the order', async ({ page }) => {
  await choose(page, 'Visa pays');
  await expect(payButton(page)).toContainText('$');
  await payButton(page).click();
  await orderShown(page);
  await expect(page.getByText('Paid, to be shipped').first()).toBeVisible({ timeout: 20_000 });
  await page.goto('/en/cart');
  await expect(page.getByText('Your cart is empty so far')).toBeVisible();
});

test('a declined card is said in words, and another one buys', async ({ page }) => {
  await choose(page, 'declined');
  await payButton(page).click();
  await expect(page.getByRole('alert').filter({ hasText: 'nothing was charged' })).toBeVisible({ timeout: 20_000 });
  await choose(page, 'Visa pays');
  await payButton(page).click();
  await orderShown(page);
});

test('a card whose bank asks first buys after the answer', async ({ page }) => {
  await choose(page, '3-D Secure');
  await payButton(page).click();
  await page.getByRole('button', { name: /complete|authorize|approve/i }).click();
  await orderShown(page);
});

test('a refusal at the bank leads back to the payment', async ({ page }) => {
  await choose(page, '3-D Secure');
  await payButton(page).click();
  await page.getByRole('button', { name: /fail|refuse/i }).click();
  await expect(page.getByText('nothing was charged').first()).toBeVisible({ timeout: 20_000 });
});

test('Alipay leads to its page and back to the order', async ({ page }) => {
  await choose(page, 'Alipay');
  await payButton(page).click();
  await page.waitForURL(/\/_local\/stripe\//);
  await page.getByRole('button', { name: /complete|authorize|approve/i }).click();
  await orderShown(page);
});

test('WeChat Pay shows a code, and goes on once the phone has paid', async ({ page }) => {
  await choose(page, 'WeChat Pay');
  await payButton(page).click();
  const dialog = page.getByRole('dialog', { name: 'WeChat Pay (simulated)' });
  await expect(dialog.getByRole('img', { name: 'QR code to pay with' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Pay on the phone' }).click();
  await orderShown(page);
});
