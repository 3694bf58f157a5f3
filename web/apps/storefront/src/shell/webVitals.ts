import { localeOf } from '@sharestack/i18n/locale.tsx';

type Vital = 'ttfb' | 'fcp' | 'lcp' | 'inp' | 'cls';
export type Vitals = Partial<Record<Vital, number>>;

const PATH = '/api/v1/web-vitals';
/** One visit of four is measured. */
const SAMPLE = 0.25;
const SHIFT_GAP = 1000;
const SHIFT_WINDOW = 5000;
const LEAST_PRESS = 40;

interface Shift extends PerformanceEntry {
  value: number;
  hadRecentInput: boolean;
}

interface Press extends PerformanceEntry {
  interactionId?: number;
}

const KINDS: [RegExp, string][] = [
  [/^\/?$/, 'home'],
  [/^\/c\//, 'category'],
  [/^\/search/, 'search'],
  [/^\/p\//, 'product'],
  [/^\/cart/, 'cart'],
  [/^\/checkout/, 'checkout'],
  [/^\/(account\/)?orders?\//, 'order'],
  [/^\/account/, 'account'],
  [/^\/(sign-in|register|forgot|reset)/, 'sign_in'],
  [/^\/legal\//, 'legal'],
];

/** The kind of a page by its path; the path itself is told to nobody. */
export function pageKind(path: string): string {
  const plain = localeOf(path) === 'en' ? path.slice(3) : path;
  return KINDS.find(([pattern]) => pattern.test(plain))?.[1] ?? 'other';
}

/** Largest sum of shifts that follow each other within a second, in five at most (web.dev, "CLS"). */
function shiftSum(): (shift: Shift) => number {
  let [most, sum, first, last] = [0, 0, 0, 0];
  return ({ value, hadRecentInput, startTime }) => {
    if (!hadRecentInput) {
      const isSame = startTime - last < SHIFT_GAP && startTime - first < SHIFT_WINDOW;
      if (!isSame) first = startTime;
      sum = isSame ? sum + value : value;
      last = startTime;
      most = Math.max(most, sum);
    }
    return most;
  };
}

function observe(type: string, listen: (entry: PerformanceEntry) => void, more: object = {}): void {
  try {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(listen));
    observer.observe({ type, buffered: true, ...more });
  } catch {
    // This browser does not measure it.
  }
}

/** Measures the page that was opened; what is found is in the object that is returned. */
export function measure(): Vitals {
  const vitals: Vitals = {};
  const sum = shiftSum();
  observe('navigation', (entry) => {
    vitals.ttfb = (entry as PerformanceNavigationTiming).responseStart;
  });
  observe('paint', ({ name, startTime }) => {
    if (name === 'first-contentful-paint') vitals.fcp = startTime;
  });
  observe('largest-contentful-paint', ({ startTime }) => {
    vitals.lcp = startTime;
  });
  observe('layout-shift', (entry) => {
    vitals.cls = sum(entry as Shift);
  });
  observe(
    'event',
    (entry) => {
      if ((entry as Press).interactionId) vitals.inp = Math.max(vitals.inp ?? 0, entry.duration);
    },
    { durationThreshold: LEAST_PRESS },
  );
  return vitals;
}

/** Tells once, when the page is left or hidden, how it felt. A page that opened in the background tells nothing. */
export function reportVitals(random = Math.random()): void {
  if (random >= SAMPLE || document.hidden) return;
  const page = pageKind(location.pathname);
  const vitals = measure();
  const tell = () => {
    if (!document.hidden) return;
    removeEventListener('visibilitychange', tell, true);
    // Where nothing moved, nothing is reported by the browser: that is a shift of none.
    const all: Vitals = vitals.lcp === undefined ? vitals : { cls: 0, ...vitals };
    const told = Object.entries(all).map(([name, value]) => ({ name, value: Math.max(0, value) }));
    if (told.length === 0) return;
    const body = JSON.stringify({ page, vitals: told });
    navigator.sendBeacon?.(PATH, new Blob([body], { type: 'application/json' }));
  };
  addEventListener('visibilitychange', tell, true);
}
