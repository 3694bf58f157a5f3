import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type axe from 'axe-core';
import { endTransitions } from './pages.ts';

const SOURCE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'];

/** What WCAG 2.1 A and AA has against the page as it is now; `contrast` asks for that rule alone. */
export async function violations(page: Page, rules: 'all' | 'contrast' = 'all'): Promise<string[]> {
  // Through the debugger, which our content security policy does not concern.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(SOURCE);
  await endTransitions(page);
  return page.evaluate(
    async ({ wcag, rules }) => {
      const { run } = (window as unknown as { axe: typeof axe }).axe;
      const runOnly = rules === 'all' ? { type: 'tag', values: wcag } : { type: 'rule', values: ['color-contrast'] };
      const found = await run(document, { runOnly, resultTypes: ['violations'] } as axe.RunOptions);
      return found.violations.flatMap(({ id, nodes }) =>
        nodes.slice(0, 3).map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary}`),
      );
    },
    { wcag: WCAG, rules },
  );
}
