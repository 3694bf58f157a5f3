import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import type { OrderTexts } from './texts.ts';

/** What the API refused, in a person's words. */
export function problemText(t: OrderTexts, error: unknown): string {
  const problem: ApiProblem = asProblem(error);
  if (problem.status === 0) return t.offline;
  if (problem.status === 429 && problem.retryAfter) return t.waitSeconds(problem.retryAfter);
  return t.problems[problem.code] ?? t.failed;
}
