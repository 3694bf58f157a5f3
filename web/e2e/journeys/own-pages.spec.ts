import { addToCart, choose, fillInDetails, goOnToPayment, orderShown, payButton } from '../support/buying.ts';
import { newProduct } from '../support/goods.ts';
import { alive } from '../support/pages.ts';
import { register } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('what another tab has changed stands beside what was typed, and nothing is lost', async ({ page }) => {
  await register(page, 'Grace Hopper');
  await page.goto('/en/account/profile');
  const name = page.getByLabel('Name', { exact: true });
  await expect(name).toHaveValue('Grace Hopper');
  const other = await page.context().newPage();
  await other.goto('/en/account/profile');
  await other.getByLabel('Name', { exact: true }).fill('Grace Brewster Hopper');
  await other.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(other.getByText('Saved.')).toBeVisible();
  await name.fill('Admiral Hopper');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByRole('alert')).toContainText('Grace Brewster Hopper');
  await expect(name).toHaveValue('Admiral Hopper');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await other.reload();
  await expect(other.getByLabel('Name', { exact: true })).toHaveValue('Admiral Hopper');
});

test('a saved card pays an order, and can be taken out again', async ({ page, admin }) => {
  test.setTimeout(120_000);
  const product = await newProduct(admin);
  await register(page);
  await page.goto('/en/account/payment-methods');
  await page.getByRole('button', { name: 'Add a payment method' }).click();
  await choose(page, 'Visa pays');
  await page.getByRole('button', { name: 'Save this way to pay' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(page.getByText('Visa ending in 4242')).toBeVisible();
  await addToCart(page, product.slug);
  await fillInDetails(page);
  await page.getByRole('button', { name: 'Continue to payment' }).click();
  await page.getByRole('radio', { name: /Visa ending in 4242/ }).check();
  await payButton(page).click();
  await orderShown(page);
  await page.goto('/en/account/payment-methods');
  await page.getByRole('button', { name: 'Delete Visa ending in 4242' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Deleted.' })).toBeVisible();
  await expect(page.getByText('Nothing saved yet')).toBeVisible();
});

test('an address of the book is offered when the next thing is bought', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await register(page);
  await page.goto('/en/account/addresses/new');
  const form = page.getByRole('main');
  await form.getByLabel('Country or region').selectOption('DE');
  await form.getByLabel('Full name').fill('Grace Hopper');
  await form.getByLabel('Street and number').fill('Invalidenstraße 44');
  await form.getByLabel('Postal code').fill('10115');
  await form.getByLabel('Town or city').fill('Berlin');
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(page).toHaveURL(/\/account\/addresses$/);
  await expect(form.getByText('Invalidenstraße 44')).toBeVisible();
  await addToCart(page, product.slug);
  await page.goto('/en/checkout');
  await expect(page.getByRole('radio', { name: /Invalidenstraße 44/ })).toBeChecked();
  await goOnToPayment(page);
  await page.goto('/en/account/addresses');
  await form.getByRole('button', { name: /^Delete/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(form.getByText('Invalidenstraße 44')).toHaveCount(0);
});

test('a wish and a line of the cart are gone once they are taken away', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await register(page);
  await page.goto(`/en/p/${product.slug}`);
  await alive(page);
  await page.getByRole('button', { name: 'Add to wishlist' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.goto('/en/account/wishlist');
  await page.getByRole('button', { name: `Remove ${product.name} from the wishlist` }).click();
  await expect(page.getByText(`${product.name} was removed`)).toBeVisible();
  await page.goto('/en/cart');
  await page.getByRole('button', { name: `Remove ${product.name}` }).click();
  await expect(page.getByRole('textbox', { name: `Quantity of ${product.name}` })).toHaveCount(0);
  await page.reload();
  await expect(page.getByRole('textbox', { name: `Quantity of ${product.name}` })).toHaveCount(0);
});
