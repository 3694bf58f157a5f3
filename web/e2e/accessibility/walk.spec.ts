import type { Page } from '@playwright/test';
import { violations } from '../support/axe.ts';
import { alive, arrive, beyondTheEdge } from '../support/pages.ts';
import { enter, newAccount } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { test as base, expect } from '../support/test.ts';
import { PAGES } from './pages.ts';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const NARROW = { width: 320, height: 640 };

const test = base.extend<object, { newcomer: { email: string; password: string } }>({
  newcomer: [async ({ api }, use) => use(await newAccount(api)), { scope: 'worker' }],
});

/** Everything at both widths; then what the other theme changes, which is colours. */
async function inspect(page: Page, state: string, sizes = [PHONE, DESKTOP]): Promise<void> {
  for (const [number, size] of sizes.entries()) {
    await page.setViewportSize(size);
    expect.soft(await violations(page), `${state}, ${size.width} px`).toEqual([]);
    if (number > 0) continue;
    await page.emulateMedia({ colorScheme: 'dark' });
    expect.soft(await violations(page, 'contrast'), `${state}, dark`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
  }
}

/** WCAG 1.4.10 (320 px wide) and 1.4.4 (text twice as large). */
async function inspectReflow(page: Page): Promise<void> {
  await page.setViewportSize(NARROW);
  expect.soft(await beyondTheEdge(page), 'beyond the edge of a narrow window').toEqual([]);
  await page.setViewportSize(DESKTOP);
  await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  expect.soft(await beyondTheEdge(page), 'beyond the edge with large text').toEqual([]);
  await page.evaluate(() => document.documentElement.style.removeProperty('font-size'));
}

for (const locale of ['', '/en']) {
  for (const { route, path, visitor, canBeEmpty, states = [] } of PAGES) {
    test(`${locale}${route}`, async ({ page, shop, newcomer }) => {
      if (visitor === 'customer') await enter(page, ready().admin.customer);
      await page.goto(locale + (path ? path(shop) : route));
      await arrive(page);
      await inspect(page, 'filled');
      await inspectReflow(page);
      if (states.length > 0) await alive(page);
      for (const { name, open } of states) {
        await open(page, shop);
        await inspect(page, name, [DESKTOP]);
      }
      if (!canBeEmpty) return;
      await enter(page, newcomer);
      await page.goto(locale + (path ? path(shop) : route));
      await arrive(page);
      await inspect(page, 'empty', [PHONE]);
    });
  }
}

test.describe('while the API answers no calls', () => {
  const failing = PAGES.filter(({ canFail }) => canFail);
  for (const { route, path, visitor } of failing) {
    test(route, async ({ page, shop, trouble }) => {
      trouble.expect(/^console: ApiProblem: 429/); // where a page is not shown at all
      if (visitor === 'customer') await enter(page, ready().admin.customer);
      // Too many requests: unlike trouble of the API's own, nobody tries again before saying so. The session goes on.
      await page.route(/\/api\/v1\/(?!auth\/refresh|users\/me$)/, (sent) =>
        sent.fulfill({
          status: 429,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'rate_limited', status: 429, correlation_id: 'a-1', title: 'x', type: 'x' }),
        }),
      );
      await page.goto('/en/legal/terms');
      await alive(page);
      await page.evaluate((address) => history.pushState({}, '', address), `/en${path ? path(shop) : route}`);
      await expect(page.getByRole('button', { name: 'Try again' }).first()).toBeVisible();
      await inspect(page, 'failed');
    });
  }
});
