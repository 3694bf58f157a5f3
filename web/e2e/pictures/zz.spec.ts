import { mkdirSync } from 'node:fs';
import { arrive } from '../support/pages.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { test } from '../support/test.ts';

const LIST = (process.env.SHOTS ?? '').split(',').filter(Boolean);
const WHO = process.env.WHO ?? 'admin';
test.use({ locale: process.env.LOC ?? 'en-GB' });
test('shots', async ({ page }) => {
  test.setTimeout(300_000);
  mkdirSync('/tmp/shots', { recursive: true });
  if (WHO !== 'guest') await enter(page, WHO === 'admin' ? ready().admin : ready().admin.customer);
  for (const path of LIST) {
    for (const [name, width] of [
      ['d', 1280],
      ['p', 390],
    ] as const) {
      await page.setViewportSize({ width, height: 900 });
      await page.goto(path);
      await arrive(page);
      if (process.env.FIRST && name === 'd') {
        const link = page.getByRole('rowheader').locator('a[href^="/admin"]').first();
        if (await link.count()) {
          await link.click();
          await page.waitForTimeout(400);
          await arrive(page);
          await page.screenshot({ path: `/tmp/shots/${path.replace(/\W+/g, '_')}-one.png`, fullPage: true });
        }
      }
      await page.screenshot({ path: `/tmp/shots/${path.replace(/\W+/g, '_')}-${name}.png`, fullPage: true });
    }
  }
});
