import { mkdirSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { PAGES } from '../accessibility/pages.ts';
import { OUTPUT, ROOT } from '../support/output.ts';
import { arrive, endTransitions } from '../support/pages.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';
import { contactSheet } from './contactSheet.ts';

const FOLDER = `${OUTPUT}/pictures`;
const DOCUMENTS = `${ROOT}docs/pictures`;
const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
const THEMES = ['light', 'dark'] as const;
const LOCALES = { zh: '', en: '/en' };
/** What the README shows: page, size and theme, in English. */
const IN_README = { shop: ['/', 'desktop', 'light'], product: ['/p/$slug', 'phone', 'light'] } as const;

const taken: string[] = [];

test.beforeAll(() => mkdirSync(FOLDER, { recursive: true }));
test.afterAll(async ({ browser }) => contactSheet(browser, FOLDER, taken));

async function picture(page: Page, isWhole = true): Promise<Buffer> {
  const devtools = await page.context().newCDPSession(page);
  const shot = { format: 'webp', quality: 80, captureBeyondViewport: isWhole } as const;
  const { data } = await devtools.send('Page.captureScreenshot', shot);
  await devtools.detach();
  return Buffer.from(data, 'base64');
}

/** Pictures come when they are scrolled to. */
async function loadAll(page: Page): Promise<void> {
  await page.evaluate(async () => {
    for (const image of document.images) image.loading = 'eager';
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
  });
}

for (const { route, path, visitor } of PAGES) {
  test(`pictures of ${route}`, async ({ page, shop, trouble }) => {
    trouble.expect(/./); // tests are about that, and this is about looks
    if (visitor === 'customer') await enter(page, ready().admin.customer);
    for (const [language, prefix] of Object.entries(LOCALES)) {
      await page.goto(prefix + (path ? path(shop) : route));
      await arrive(page);
      for (const [size, viewport] of Object.entries(SIZES)) {
        await page.setViewportSize(viewport);
        for (const colorScheme of THEMES) {
          await page.emulateMedia({ colorScheme });
          await loadAll(page);
          await endTransitions(page);
          const name = `${route.replace(/\W+/g, '-').replace(/^-|-$/g, '') || 'home'}-${size}-${colorScheme}-${language}`;
          writeFileSync(`${FOLDER}/${name}.webp`, await picture(page));
          taken.push(name);
          for (const [file, [shownRoute, shownSize, shownTheme]] of Object.entries(IN_README)) {
            const isShown = shownRoute === route && shownSize === size && shownTheme === colorScheme;
            if (isShown && language === 'en') writeFileSync(`${DOCUMENTS}/${file}.webp`, await picture(page, false));
          }
        }
      }
    }
    expect(taken.length).toBeGreaterThan(0);
  });
}

test('pictures of the administration', async ({ page, trouble }) => {
  trouble.expect(/./);
  await enter(page, ready().admin);
  for (const path of ['/admin/', '/admin/orders', '/admin/inventory', '/studio/']) {
    for (const [size, viewport] of Object.entries(SIZES)) {
      await page.setViewportSize(viewport);
      for (const colorScheme of THEMES) {
        await page.emulateMedia({ colorScheme });
        await page.goto(path);
        await arrive(page);
        const name = `${path.replace(/\W+/g, '-').replace(/^-|-$/g, '')}-${size}-${colorScheme}-en`;
        writeFileSync(`${FOLDER}/${name}.webp`, await picture(page));
        taken.push(name);
        const isShown = path === '/admin/' && size === 'desktop' && colorScheme === 'light';
        if (isShown) writeFileSync(`${DOCUMENTS}/administration.webp`, await picture(page, false));
      }
    }
  }
});
