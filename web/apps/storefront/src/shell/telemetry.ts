import { createErrorReporter, releaseOf, reportUncaught } from '@sharestack/api/clientErrors.ts';
import { reportVitals } from './webVitals.ts';

/** Loaded after the page: errors from before it came along are told now, those to come as they happen. */
export function startTelemetry(early: readonly unknown[]): void {
  const report = createErrorReporter({ app: 'storefront', release: releaseOf(import.meta.url) });
  for (const error of early) report(error);
  reportUncaught(report);
  reportVitals();
}
