import type { Page } from '@playwright/test';
import type { Api } from '../support/api.ts';
import { arrive } from '../support/pages.ts';
import { enter, newStaff } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

/** What each role may open, said here once more and not taken from the pages. */
const MODERATORS_ROOMS = ['/', '/appeals', '/keyword-rules', '/moderation', '/reports', '/reviews'];
const OUTSIDERS = [[], ['creator'], ['vendor'], ['creator', 'vendor']];

test.use({ locale: 'en-GB' });

/** Somebody new who has these roles, signed in on the page. Gives the account's id. */
async function enterAs(page: Page, admin: Api, roles: readonly string[]): Promise<string> {
  const account = await newStaff(admin, roles);
  await enter(page, account);
  return account.id;
}

/** The paths of the navigation, below `/admin`. */
async function roomsOf(page: Page): Promise<string[]> {
  const links = page.getByRole('navigation', { name: 'Rooms' }).getByRole('link');
  await expect(links.first()).toBeVisible();
  const paths = await links.evaluateAll((all) => all.map((link) => new URL((link as HTMLAnchorElement).href).pathname));
  return [...new Set(paths.map((path) => path.replace(/^\/admin\/?/, '/')))].sort();
}

function calls(page: Page): string[] {
  const paths: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname.startsWith('/api/v1/admin')) paths.push(pathname);
  });
  return paths;
}

test('a moderator has the rooms of moderation; of the others not even data', async ({ page, admin, newBrowser }) => {
  test.setTimeout(180_000);
  const owner = await (await newBrowser()).newPage();
  await enter(owner, ready().admin);
  await owner.goto('/admin/');
  const all = await roomsOf(owner);
  expect(all.length).toBeGreaterThan(MODERATORS_ROOMS.length + 15);

  await enterAs(page, admin, ['moderator']);
  await page.goto('/admin/');
  expect(await roomsOf(page)).toEqual(MODERATORS_ROOMS);
  const asked = calls(page);
  for (const room of all) {
    await page.goto(`/admin${room}`);
    await arrive(page);
    const refusal = page.getByRole('heading', { level: 1, name: 'You cannot open this page' });
    await expect(refusal, room).toHaveCount(MODERATORS_ROOMS.includes(room) ? 0 : 1);
  }
  const theirs = /^\/api\/v1\/admin\/(counters|reports|appeals|reviews|moderation|keyword-rules|actions)/;
  expect(asked.filter((path) => !theirs.test(path))).toEqual([]);
});

test('a role taken away while a room is open ends what it allowed', async ({ page, admin }) => {
  const id = await enterAs(page, admin, ['moderator']);
  await page.goto('/admin/reports');
  await arrive(page);
  const { version } = await admin.call('GET', `/admin/users/${id}`);
  await admin.call('PATCH', `/admin/users/${id}`, { body: { roles: ['customer'], version, reason: 'Left.' } });
  await page
    .getByRole('navigation', { name: 'Rooms' })
    .getByRole('link', { name: /^Appeals/ })
    .click();
  await expect(page.getByRole('heading', { name: /Administration|staff only/ })).toBeVisible({ timeout: 20_000 });
  await expect(page.getByRole('navigation', { name: 'Rooms' })).toHaveCount(0);
});

for (const roles of OUTSIDERS) {
  test(`${roles.join(' and ') || 'a customer'}: no room, and no question to the API`, async ({ page, admin }) => {
    await enterAs(page, admin, roles);
    const asked = calls(page);
    for (const path of ['/admin/', '/admin/orders', '/admin/reports', '/admin/customers']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { name: 'This is for staff only' })).toBeVisible();
      await expect(page.getByRole('navigation')).toHaveCount(0);
    }
    expect(asked).toEqual([]);
  });
}
