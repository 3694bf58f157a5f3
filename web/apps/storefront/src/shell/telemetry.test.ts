import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { watchErrors } from './earlyErrors.ts';
import { pageKind, reportVitals } from './webVitals.ts';

type Listen = (list: { getEntries: () => object[] }) => void;

const observers = new Map<string, Listen>();
let isHidden = false;
let beacons: { path: string; body: Blob }[];

beforeEach(() => {
  isHidden = false;
  beacons = [];
  observers.clear();
  vi.spyOn(document, 'hidden', 'get').mockImplementation(() => isHidden);
  vi.stubGlobal(
    'PerformanceObserver',
    class {
      constructor(readonly listen: Listen) {}
      observe({ type }: { type: string }) {
        if (type === 'paint') throw new TypeError('not here');
        observers.set(type, this.listen);
      }
    },
  );
  Object.defineProperty(navigator, 'sendBeacon', {
    configurable: true,
    value: (path: string, body: Blob) => void beacons.push({ path, body }),
  });
});

afterEach(() => history.replaceState(null, '', '/'));

const see = (type: string, ...entries: object[]) => observers.get(type)?.({ getEntries: () => entries });

function leave() {
  isHidden = true;
  dispatchEvent(new Event('visibilitychange'));
}

const told = async () => JSON.parse(await (beacons[0]?.body.text() ?? ''));

test.each([
  ['/', 'home'],
  ['/en', 'home'],
  ['/en/', 'home'],
  ['/p/mug', 'product'],
  ['/en/p/mug', 'product'],
  ['/account/orders/1', 'order'],
  ['/account/security', 'account'],
  ['/en/sign-in', 'sign_in'],
  ['/enamel', 'other'],
])('%s is a page of the kind %s', (path, kind) => {
  expect(pageKind(path)).toBe(kind);
});

test('how a page felt is told once, when it is left', async () => {
  history.replaceState(null, '', '/p/mug?ref=secret');
  reportVitals(0);
  see('navigation', { responseStart: 120 });
  see('largest-contentful-paint', { startTime: 900 }, { startTime: 1400 });
  see(
    'layout-shift',
    { startTime: 100, value: 0.02, hadRecentInput: false },
    { startTime: 600, value: 0.03, hadRecentInput: false },
    { startTime: 700, value: 0.9, hadRecentInput: true },
    { startTime: 9000, value: 0.01, hadRecentInput: false },
  );
  see('event', { duration: 56, interactionId: 1 }, { duration: 500 }, { duration: 48, interactionId: 2 });
  dispatchEvent(new Event('visibilitychange'));
  expect(beacons).toHaveLength(0);
  leave();
  leave();
  expect(beacons).toHaveLength(1);
  expect(beacons[0]).toMatchObject({ path: '/api/v1/web-vitals', body: { type: 'application/json' } });
  const { page, vitals } = await told();
  expect(page).toBe('product');
  expect(Object.fromEntries(vitals.map((vital: { name: string; value: number }) => [vital.name, vital.value]))).toEqual(
    {
      cls: 0.05,
      ttfb: 120,
      lcp: 1400,
      inp: 56,
    },
  );
});

test('where nothing moved the shift is none', async () => {
  reportVitals(0);
  see('largest-contentful-paint', { startTime: 900 });
  leave();
  expect((await told()).vitals).toContainEqual({ name: 'cls', value: 0 });
});

test('three visits of four, pages in the background and those that measured nothing tell nothing', () => {
  reportVitals(0.25);
  leave();
  reportVitals(0);
  isHidden = false;
  reportVitals(0);
  leave();
  expect(beacons).toHaveLength(0);
});

test('errors from before the page has loaded are told afterwards', async () => {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    asked.push(request);
    return new Response(null, { status: 202 });
  });
  vi.spyOn(document, 'readyState', 'get').mockReturnValue('loading');
  watchErrors();
  dispatchEvent(new ErrorEvent('error', { error: new Error('early') }));
  expect(asked).toHaveLength(0);
  dispatchEvent(new Event('load'));
  await vi.waitFor(() => expect(asked).toHaveLength(1));
  await expect(asked[0]?.clone().json()).resolves.toMatchObject({ message: 'early', function: 'web.storefront' });
  dispatchEvent(new ErrorEvent('error', { error: new Error('later') }));
  await vi.waitFor(() => expect(asked).toHaveLength(2));
});
