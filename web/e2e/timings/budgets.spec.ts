import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OUTPUT } from '../support/output.ts';
import { enter } from '../support/people.ts';
import { ready } from '../support/system.ts';
import { expect, test } from '../support/test.ts';
import { median, onPhone, percentile, type Timing, timeOf } from './phone.ts';

const BUDGETS = JSON.parse(readFileSync(new URL('../../budgets.json', import.meta.url), 'utf8'));
const RUNS = 5;
const NULL_PAGE =
  '<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><p>Nothing</p></html>';

const figures: Record<string, unknown> = {};

test.afterAll(() => {
  mkdirSync(OUTPUT, { recursive: true });
  writeFileSync(`${OUTPUT}/timings.json`, JSON.stringify(figures, null, 2));
  console.log(JSON.stringify(figures, null, 2));
});

// Machines differ, and are busy with other things: a page is compared with an empty one of the same minutes.
test('pages are painted in time', async ({ browser, shop, baseURL }) => {
  test.setTimeout(300_000);
  const server = createServer((_request, answer) => {
    answer.setHeader('content-type', 'text/html');
    answer.end(NULL_PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { category, product } = shop;
  const pages = {
    null: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    home: `${baseURL}/`,
    category: `${baseURL}/c/${category}`,
    product: `${baseURL}/p/${product}`,
    search: `${baseURL}/search`,
  };
  const runs: Record<string, Timing[]> = {};
  for (const url of Object.values(pages)) await timeOf(browser, url); // functions and caches are warm afterwards
  for (let run = 0; run < RUNS; run++) {
    // In turns, so that a busy minute concerns all of them.
    for (const [name, url] of Object.entries(pages)) {
      runs[name] ??= [];
      runs[name].push(await timeOf(browser, url));
    }
  }
  server.close();
  const of = (name: string, what: keyof Timing) => median((runs[name] ?? []).map((timing) => timing[what]));
  const { fcp_ratio, lcp_ratio, cls, api_calls } = BUDGETS.phone;
  for (const name of Object.keys(pages)) {
    const ratios = { fcp: of(name, 'fcp') / of('null', 'fcp'), lcp: of(name, 'lcp') / of('null', 'lcp') };
    figures[name] = {
      fcp_ms: of(name, 'fcp'),
      lcp_ms: of(name, 'lcp'),
      cls: of(name, 'cls'),
      api_calls: of(name, 'apiCalls'),
      fcp_ratio: ratios.fcp,
      lcp_ratio: ratios.lcp,
    };
    if (name === 'null') continue;
    expect.soft(ratios.fcp, `${name}: first paint, in null pages`).toBeLessThanOrEqual(fcp_ratio);
    expect.soft(ratios.lcp, `${name}: largest paint, in null pages`).toBeLessThanOrEqual(lcp_ratio);
    expect.soft(of(name, 'cls'), `${name}: what jumps`).toBeLessThanOrEqual(cls);
    expect.soft(of(name, 'apiCalls'), `${name}: calls of the API`).toBeLessThanOrEqual(api_calls.rendered);
  }
});

for (const [application, path, account] of [
  ['customer', '/account/orders', () => ready().admin.customer],
  ['customer', '/cart', () => ready().admin.customer],
  ['admin', '/admin/', () => ready().admin],
] as const) {
  test(`${path} asks the API for no more than it may`, async ({ page }) => {
    await enter(page, account());
    const calls: string[] = [];
    page.on('request', (request) => {
      const { pathname } = new URL(request.url());
      // Going on with a session and the shop's name are no part of the page; each is asked for once in a visit.
      if (pathname.startsWith('/api/v1/') && !/\/(auth\/refresh|users\/me|site)$/.test(pathname)) calls.push(pathname);
    });
    await page.goto(path);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expect(page.locator('[aria-busy=true], .animate-pulse')).toHaveCount(0);
    expect(calls.length, calls.join(' ')).toBeLessThanOrEqual(BUDGETS.phone.api_calls[application]);
  });
}

test('how long a phone takes to answer to a touch (reported)', async ({ browser, shop: { product }, baseURL }) => {
  const interactions = await onPhone(browser, async (page) => {
    await page.goto(`${baseURL}/en/p/${product}`, { waitUntil: 'load' });
    await page.getByRole('button', { name: 'Add to cart' }).tap();
    await page.getByText('It is in your cart.').waitFor();
    await page.getByRole('button', { name: 'One more' }).tap();
    await page.getByRole('combobox', { name: 'Search products' }).fill('');
    await page.keyboard.type('cup', { delay: 80 });
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=cup/);
    await page.waitForTimeout(500);
    return page.evaluate(() => window.marks.interactions);
  });
  figures.interaction = {
    inp_p98_ms: percentile(interactions, 0.98),
    inp_p75_ms: percentile(interactions, 0.75),
    count: interactions.length,
  };
  expect(interactions.length).toBeGreaterThan(0);
});
