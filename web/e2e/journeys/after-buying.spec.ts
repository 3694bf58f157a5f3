import type { Api } from '../support/api.ts';
import { addToCart, choose, fillInDetails, goOnToPayment, orderShown, payButton } from '../support/buying.ts';
import { newProduct } from '../support/goods.ts';
import { linkInLetter, register } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

interface Order {
  id: string;
  number: string;
  items: { id: string }[];
}

async function deliver(admin: Api, number: string): Promise<Order> {
  const { items } = await admin.call('GET', `/admin/orders?number=${encodeURIComponent(number)}`);
  const order: Order = await admin.call('GET', `/admin/orders/${items[0].id}`);
  const lines = order.items.map(({ id }) => ({ order_item_id: id, quantity: 1 }));
  const shipment = await admin.call('POST', `/admin/orders/${order.id}/shipments`, {
    body: { lines, carrier: 'dhl' },
    headers: { 'idempotency-key': order.id },
  });
  const body = { status: 'delivered', version: shipment.version };
  await admin.call('PATCH', `/shipments/${shipment.id}`, { body });
  return order;
}

test.beforeEach(() => test.setTimeout(120_000));

test('a guest registers, proves the address, buys, and reviews what arrived', async ({ page, api, admin }) => {
  const product = await newProduct(admin);
  await addToCart(page, product.slug);
  const email = await register(page);
  await page.goto(await linkInLetter(api, email, '/verify-email'));
  await page.getByRole('button', { name: 'Confirm this address' }).click();
  await expect(page.getByRole('heading', { name: 'The address is confirmed' })).toBeVisible();
  await fillInDetails(page);
  await goOnToPayment(page);
  await choose(page, 'Visa pays');
  await payButton(page).click();
  await deliver(admin, await orderShown(page));
  await page.goto(`/en/p/${product.slug}`);
  await page.getByRole('button', { name: 'Write a review' }).click();
  await page.getByRole('radio', { name: '4 stars' }).check();
  await page.getByRole('textbox', { name: 'Title' }).fill('It keeps tea warm');
  await page.getByRole('textbox', { name: 'How is it in use?' }).fill('A quiet green, and it does not drip.');
  await page.getByRole('button', { name: 'Publish' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'your review has arrived' })).toBeVisible();
});

test('what is returned is agreed to, received and refunded, and the order says so', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await register(page);
  await addToCart(page, product.slug);
  await fillInDetails(page);
  await goOnToPayment(page);
  await choose(page, 'Visa pays');
  await payButton(page).click();
  const order = await deliver(admin, await orderShown(page));
  await page.goto(`/en/account/orders/${order.id}`);
  await page.getByRole('button', { name: 'Return something' }).click();
  await page.getByLabel(`${product.name}: how many`).selectOption('1');
  await page.getByLabel(`${product.name}: reason`).selectOption('damaged');
  await page.getByRole('button', { name: 'Send the request' }).click();
  await expect(page.getByText('Requested, waiting for the shop').first()).toBeVisible();
  const { items } = await admin.call('GET', `/admin/returns?status=requested`);
  const wanted = items.find((item: { order_id: string }) => item.order_id === order.id);
  const decision = { approve: true, version: wanted.version };
  await admin.call('POST', `/admin/returns/${wanted.id}/decision`, { body: decision });
  const headers = { 'idempotency-key': wanted.id };
  await admin.call('POST', `/admin/returns/${wanted.id}/receipt`, { body: {}, headers });
  await expect(async () => {
    await page.reload();
    await expect(page.getByRole('main').getByText('Refunded').first()).toBeVisible({ timeout: 5_000 });
  }).toPass({ timeout: 40_000 });
});
