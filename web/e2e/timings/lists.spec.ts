import { writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { OUTPUT } from '../support/output.ts';
import { arrive } from '../support/pages.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

/** Lists of staff, each with the call that brings its rows. */
const LISTS = {
  '/admin/orders': '/admin/orders?limit=50',
  '/admin/products': '/admin/products?limit=50',
  '/admin/customers': '/admin/users?limit=50',
  '/admin/inventory': '/admin/inventory?limit=50',
  '/admin/audit': '/admin/audit?limit=50',
} as const;
const CALLS = 20;
const FIRST_PAGES = 10;
const MOST_PAGES = 100;
const ROWS_IN_DOCUMENT = 120;
/** How much more may be held after all pages than after the first ten: pages that went by are forgotten. */
const MOST_GROWTH = 1.5;

const figures: Record<string, unknown> = {};

test.afterAll(() => {
  writeFileSync(`${OUTPUT}/lists.json`, JSON.stringify(figures, null, 2));
  console.log(JSON.stringify(figures, null, 2));
});

test.use({ locale: 'en-GB' });

// Products of other shops may have pictures elsewhere; this is about rows.
test.beforeEach(({ page }) => page.route(/^https:/, (route) => route.abort()));

for (const [path, call] of Object.entries(LISTS)) {
  test(`${path}: first rows`, async ({ page, admin }) => {
    const answers: number[] = [];
    for (let turn = 0; turn < CALLS; turn += 1) {
      const before = performance.now();
      await admin.call('GET', call);
      answers.push(performance.now() - before);
    }
    const p95 = answers.sort((a, b) => a - b)[Math.floor(CALLS * 0.95) - 1] as number;
    await enter(page, ready().admin);
    await page.goto('/admin/');
    await arrive(page);
    const link = page.getByRole('navigation', { name: 'Rooms' }).locator(`a[href="${path}"]`).first();
    const shown: number[] = [];
    for (let turn = 0; turn < 5; turn += 1) {
      await page.goto('/admin/');
      await arrive(page);
      shown.push(await pressed(page, link.elementHandle()));
    }
    const median = shown.sort((a, b) => a - b)[2] as number;
    figures[path] = { api_p95_ms: p95, first_rows_ms: median };
  });
}

/** From the press until the first row is in the document. */
async function pressed(page: Page, link: Promise<unknown>): Promise<number> {
  const handle = (await link) as Parameters<typeof page.evaluate>[1];
  return page.evaluate(async (element) => {
    const before = performance.now();
    (element as HTMLElement).click();
    await new Promise<void>((resolve) => {
      const look = () =>
        document.querySelector('main tbody tr[data-index]') ? resolve() : requestAnimationFrame(look);
      look();
    });
    return performance.now() - before;
  }, handle);
}

test('a list of many pages holds no more than a few of them', async ({ page }) => {
  test.setTimeout(300_000);
  await enter(page, ready().admin);
  await page.goto('/admin/orders');
  await arrive(page);
  const session = await page.context().newCDPSession(page);
  const held = async () => {
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize } = await session.send('Runtime.getHeapUsage');
    return usedSize / 1_000_000;
  };
  let pages = 1;
  let after = 0;
  const more = page.getByRole('button', { name: 'Load more' });
  const isThere = () =>
    more.waitFor({ timeout: 3_000 }).then(
      () => true,
      () => false,
    );
  while (pages < MOST_PAGES && (await isThere())) {
    const answer = page.waitForResponse((response) => response.url().includes('/api/v1/admin/orders?'));
    await more.click();
    await answer;
    pages += 1;
    if (pages === FIRST_PAGES) after = await held();
  }
  const rows = await page.locator('main tbody tr[data-index]').count();
  const end = await held();
  figures.memory = { pages, rows_in_document: rows, after_ten_mb: after, at_the_end_mb: end };
  expect(rows).toBeLessThan(ROWS_IN_DOCUMENT);
  if (after > 0) expect(end / after).toBeLessThan(MOST_GROWTH);
});
