import type { Browser, Page } from '@playwright/test';

// A phone on a slow mobile network (contexts/web.md of the specification: 150 ms, 1.6 Mbit/s, a quarter of this CPU).
const LATENCY_MS = 150;
const BYTES_PER_SECOND = 1_600_000 / 8;
const CPU_RATE = 4;
const SCREEN = { width: 390, height: 844 };
const QUIET_MS = 1_000;

export interface Timing {
  fcp: number;
  lcp: number;
  cls: number;
  apiCalls: number;
}

interface Marks {
  lcp: number;
  cls: number;
  interactions: number[];
}

declare global {
  interface Window {
    marks: Marks;
  }
}

/** A page in a browser that has seen nothing of the shop before. */
export async function onPhone<T>(browser: Browser, visit: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext({ viewport: SCREEN, deviceScaleFactor: 2, isMobile: true, hasTouch: true });
  const page = await context.newPage();
  await page.addInitScript(mark);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: BYTES_PER_SECOND,
    uploadThroughput: BYTES_PER_SECOND,
  });
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
  try {
    return await visit(page);
  } finally {
    await context.close();
  }
}

export function timeOf(browser: Browser, url: string): Promise<Timing> {
  return onPhone(browser, async (page) => {
    let apiCalls = 0;
    page.on('request', (request) => {
      if (new URL(request.url()).pathname.startsWith('/api/')) apiCalls++;
    });
    await page.goto(url, { waitUntil: 'load' });
    await page.waitForTimeout(QUIET_MS);
    const seen = await page.evaluate(() => ({
      fcp: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN,
      lcp: window.marks.lcp,
      cls: window.marks.cls,
    }));
    return { ...seen, apiCalls };
  });
}

/** Runs in the page, before anything of its own. */
function mark(): void {
  const marks: Marks = { lcp: 0, cls: 0, interactions: [] };
  window.marks = marks;
  const observe = (type: string, take: (entry: PerformanceEntry) => void, more = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true, ...more });
  observe('largest-contentful-paint', ({ startTime }) => {
    marks.lcp = startTime;
  });
  observe('layout-shift', (entry) => {
    const { value, hadRecentInput } = entry as PerformanceEntry & { value: number; hadRecentInput: boolean };
    if (!hadRecentInput) marks.cls += value;
  });
  observe('event', ({ duration }) => marks.interactions.push(duration), { durationThreshold: 16 });
}

/** Of five, the third. */
export function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
