import { violations } from '../support/axe.ts';
import { arrive, beyondTheEdge } from '../support/pages.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';

/** Everything once in each language; what neither language changes, in one. */
const VIEWS = {
  'zh-CN': [
    [1280, 'light', 'all'],
    [1280, 'dark', 'contrast'],
    [320, 'light', 'all'],
  ],
  'en-GB': [[320, 'light', 'all']],
} as const;

for (const locale of ['zh-CN', 'en-GB'] as const) {
  test.describe(locale, () => {
    test.use({ locale });

    test('where staff sign in', async ({ page }) => {
      for (const path of ['/admin/', '/studio/']) {
        await page.goto(path);
        await arrive(page);
        expect.soft(await violations(page), path).toEqual([]);
      }
    });

    test('every room of the administration', async ({ page }) => {
      test.setTimeout(420_000);
      await enter(page, ready().admin);
      await page.goto('/admin/');
      await arrive(page);
      const links = page.getByRole('navigation').locator('a[href^="/admin"]');
      const rooms = new Set(await links.evaluateAll((all) => all.map((link) => link.getAttribute('href') ?? '')));
      expect(rooms.size).toBeGreaterThan(0);
      // Of each list the first thing in it, too: a page of its own.
      const things = new Set<string>();
      for (const room of rooms) {
        await page.goto(room);
        await arrive(page);
        const link = page.getByRole('rowheader').locator('a[href^="/admin"]').first();
        if (await link.count()) things.add((await link.getAttribute('href')) ?? room);
      }
      expect(things.size).toBeGreaterThan(0);
      for (const room of [...rooms, ...things]) {
        await page.goto(room);
        await arrive(page);
        for (const [width, colorScheme, rules] of VIEWS[locale]) {
          await page.setViewportSize({ width, height: 900 });
          await page.emulateMedia({ colorScheme });
          expect.soft(await violations(page, rules), `${room}, ${width} px, ${colorScheme}`).toEqual([]);
          expect.soft(await beyondTheEdge(page), `${room}, ${width} px`).toEqual([]);
        }
      }
    });
  });
}
