import { newProduct } from '../support/goods.ts';
import { expect, test } from '../support/test.ts';

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });

  test('home, category, product and search can be read and searched', async ({ page, api }) => {
    const { items } = await api.call('GET', '/products?sort=popular&limit=1');
    await page.goto('/en');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByRole('article').first()).toBeVisible();
    await page.getByLabel('Search products').fill(items[0].name);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/en\/search\?q=/);
    await page.getByRole('main').getByRole('link', { name: items[0].name }).first().click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(items[0].name);
    await page.getByRole('navigation', { name: 'You are here' }).getByRole('link').last().click();
    await expect(page).toHaveURL(/\/en\/c\//);
    await expect(page.getByRole('main').getByRole('article').first()).toBeVisible();
  });
});

test('each page names its own address as the canonical one, and its twin in the other language', async ({
  page,
  api,
  baseURL,
}) => {
  const { items } = await api.call('GET', '/products?limit=1');
  const categories = await api.call('GET', '/categories');
  const paths = ['/', `/p/${items[0].slug}`, `/c/${categories.items[0].slug}`, '/search', '/legal/terms'];
  for (const path of paths) {
    await page.goto(`/en${path}?utm_source=letter`);
    await expect(page.locator('link[rel=canonical]')).toHaveAttribute('href', `${baseURL}/en${path}`);
    await expect(page.locator('link[hreflang=zh-CN]')).toHaveAttribute('href', `${baseURL}${path}`);
  }
});

test('a review is of the day that it was written on where it is read', async ({ api, newBrowser }) => {
  const { items } = await api.call('GET', '/products?sort=rating&limit=1');
  const [review] = (await api.call('GET', `/products/${items[0].id}/reviews`)).items;
  // Whatever the hour was in UTC: it was another day in one of these.
  const timeZone = new Date(review.created_at).getUTCHours() < 10 ? 'Pacific/Honolulu' : 'Pacific/Kiritimati';
  const day = (zone: string) =>
    new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: zone }).format(new Date(review.created_at));
  expect(day('UTC')).not.toBe(day(timeZone));
  const page = await (await newBrowser({ timezoneId: timeZone })).newPage();
  // What React says of a page that it has to render again fails the test.
  const served = await page.goto(`/en/p/${items[0].slug}`);
  expect(await served?.text()).toContain(day('UTC'));
  await expect(page.locator(`time[datetime="${review.created_at}"]`).first()).toHaveText(day(timeZone));
});

test('a product that staff change is shown as it is now, and its page is purged', async ({ page, admin }) => {
  const product = await newProduct(admin);
  await page.goto(`/en/p/${product.slug}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(product.name);
  const { version } = await admin.call('GET', `/admin/products/${product.id}`);
  const name = `${product.name}, glazed anew`;
  await admin.call('PATCH', `/admin/products/${product.id}`, { body: { name, version } });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await expect(async () => {
    const purges: { items: string[] }[] = await admin.local('/purges');
    const purged = purges.flatMap(({ items }) => items);
    expect(purged.includes(`#product:${product.id}`) || purged.includes('#catalog')).toBe(true);
  }).toPass({ timeout: 45_000 });
});
