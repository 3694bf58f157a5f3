import { randomUUID } from 'node:crypto';
import type { Page } from '@playwright/test';
import { addToCart, choose, fillInDetails, goOnToPayment, orderShown, payButton } from '../support/buying.ts';
import { alive, arrive } from '../support/pages.ts';
import { enter, newAccount } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

test.use({ locale: 'en-GB' });

/** What is polled is looked at once more when the network is back. */
const lookAgain = (page: Page) => page.evaluate(() => dispatchEvent(new Event('online')));

test('a day of a shop keeper', async ({ page, newBrowser, api }) => {
  test.setTimeout(240_000);
  const name = `Celadon teapot ${randomUUID().slice(0, 6)}`;
  await enter(page, ready().admin);

  await test.step('a product is written, priced and put on sale', async () => {
    await page.goto('/admin/products/new');
    const form = page.getByRole('form', { name: 'New product' });
    await form.getByLabel('Name').fill(name);
    await form.getByLabel('Price').fill('48.50');
    await form.getByLabel('On hand').fill('3');
    await form.getByLabel('On sale in the shop').check();
    await form.getByRole('button', { name: 'Create the product' }).click();
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
  });

  const buyer = await (await newBrowser()).newPage();
  await enter(buyer, await newAccount(api));
  await page.goto('/admin/orders?status=paid');
  await arrive(page);

  const number = await test.step('it is bought in another browser, and the list hears of it', async () => {
    const { items } = await api.call('GET', `/products/search?q=${encodeURIComponent(name)}`);
    await addToCart(buyer, items[0].slug);
    await fillInDetails(buyer);
    await goOnToPayment(buyer);
    await choose(buyer, 'Visa pays');
    await payButton(buyer).click();
    const bought = await orderShown(buyer);
    await expect(async () => {
      await lookAgain(page);
      await expect(page.getByRole('link', { name: bought })).toBeVisible({ timeout: 3_000 });
    }).toPass({ timeout: 40_000 });
    return bought;
  });

  await test.step('the order is noted on and shipped', async () => {
    await page.getByRole('link', { name: number }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText(number);
    await page.getByLabel('New note').fill('Wrap it twice.');
    await page.getByRole('button', { name: 'Add the note' }).click();
    await expect(page.getByText('Wrap it twice.').first()).toBeVisible();
    await page.getByRole('button', { name: 'Ship', exact: true }).click();
    const ship = page.getByRole('dialog', { name: 'Ship a parcel' });
    await ship.getByLabel('Carrier').selectOption('dhl');
    await ship.getByLabel('Tracking number').fill('00340434161094');
    await ship.getByRole('button', { name: 'Ship and tell the customer' }).click();
    await expect(ship).toBeHidden();
    await expect(page.getByRole('link', { name: /00340434161094|Track/ }).first()).toBeVisible();
    const parcels = page.getByRole('region', { name: 'Shipments' });
    await parcels.getByRole('button', { name: 'Mark as delivered' }).click();
    await expect(parcels.getByRole('button', { name: 'Mark as delivered' })).toHaveCount(0);
  });

  await test.step('the customer sees the parcel, and wants to send it back', async () => {
    await buyer.goto('/en/account/orders');
    await buyer
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click();
    await expect(buyer.getByText('00340434161094').first()).toBeVisible();
    await alive(buyer);
    await expect(async () => {
      await buyer.reload();
      await buyer.getByRole('button', { name: 'Return something' }).click({ timeout: 5_000 });
    }).toPass({ timeout: 30_000 });
    await buyer.getByLabel(`${name}: how many`).selectOption('1');
    await buyer.getByLabel(`${name}: reason`).selectOption('damaged');
    await buyer.getByRole('button', { name: 'Send the request' }).click();
    await expect(buyer.getByText('Requested, waiting for the shop').first()).toBeVisible();
  });

  await test.step('the return is agreed to, received and refunded', async () => {
    await page.goto('/admin/returns?status=requested');
    await page
      .getByRole('link', { name: new RegExp(number) })
      .first()
      .click();
    const decide = page.getByRole('form', { name: 'Decide' });
    await decide.getByLabel('Decision').selectOption({ label: 'Agree to it' });
    await decide.getByRole('button', { name: 'Decide' }).click();
    const receive = page.getByRole('form', { name: 'It arrived' });
    await receive.getByRole('button', { name: 'It arrived' }).click();
    await expect(page.getByText(/Received|Refunded/).first()).toBeVisible();
    await page.goto(`/admin/orders?number=${number}`);
    await page.getByRole('link', { name: number }).click();
    await expect(async () => {
      await page.reload();
      await expect(page.getByRole('main').getByText('Refunded').first()).toBeVisible({ timeout: 5_000 });
    }).toPass({ timeout: 40_000 });
  });
});

test('an address that is wrong is corrected by staff before anything leaves, also by two of them', async ({
  page,
  newBrowser,
  admin,
}) => {
  const { items } = await admin.call('GET', '/admin/orders?status=paid&limit=20&fields=id');
  const details = await Promise.all(items.map(({ id }: { id: string }) => admin.call('GET', `/admin/orders/${id}`)));
  const order = details.find((one) => one.shipping_address && one.shipments.length === 0);
  expect(order, 'an order of the demo that waits to be shipped').toBeTruthy();
  const colleague = await (await newBrowser()).newPage();
  for (const one of [page, colleague]) {
    await enter(one, ready().admin);
    await one.goto(`/admin/orders/${order.id}`);
    await one.getByRole('button', { name: 'Correct', exact: true }).click();
  }
  const street = `Kirchweg ${randomUUID().slice(0, 4)}`;
  await page.getByRole('dialog').getByLabel('Address', { exact: true }).fill(street);
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /Save|Correct/ })
    .click();
  await expect(page.getByText(street).first()).toBeVisible();
  await colleague.getByRole('dialog').getByLabel('Address', { exact: true }).fill('Somewhere else 1');
  await colleague
    .getByRole('dialog')
    .getByRole('button', { name: /Save|Correct/ })
    .click();
  await expect(colleague.getByText(street).first()).toBeVisible();
});
