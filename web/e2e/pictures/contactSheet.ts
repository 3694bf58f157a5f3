import { writeFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

const COLUMNS = 4;

/** Small pictures beside each other, four of a page (two themes and two languages) in a row: one sheet for each size. */
export async function contactSheet(browser: Browser, folder: string, names: readonly string[]): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } });
  for (const size of ['phone', 'desktop']) {
    const shown = names.filter((name) => name.includes(`-${size}-`)).sort();
    const cells = shown.map((name) => `<figure><img src="${name}.webp"><figcaption>${name}</figcaption></figure>`);
    const file = `${folder}/${size}.html`;
    writeFileSync(
      file,
      `<!doctype html><meta charset="utf-8"><title>${size}</title><style>
        body { display: grid; grid-template-columns: repeat(${COLUMNS}, 1fr); gap: 12px; font: 12px sans-serif }
        figure { margin: 0 } img { width: 100%; max-height: 700px; object-fit: cover; object-position: top }
      </style>${cells.join('')}`,
    );
    await page.goto(`file://${file}`, { waitUntil: 'load' });
    await page.screenshot({ path: `${folder}/${size}.jpeg`, type: 'jpeg', quality: 70, fullPage: true });
  }
  await page.close();
}
