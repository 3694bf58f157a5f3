import { asProblem } from '@sharestack/api/problem.ts';
import type { actingTexts } from './texts.ts';

/** What the API refused, in a person's words. */
export function problemText(t: (typeof actingTexts)['en'], error: unknown): string {
  const problem = asProblem(error);
  if (problem.status === 0) return t.offline;
  if (problem.status === 429 && problem.retryAfter) return t.waitSeconds(problem.retryAfter);
  return t.problems[problem.code] ?? (problem.isMissing ? (t.problems.not_found ?? t.failed) : t.failed);
}
