import type { ApiProblem } from '@sharestack/api/problem.ts';
import type { texts } from './texts.ts';

/** What the API refused, in a person's words. */
export function problemText(t: (typeof texts)['en'], problem: ApiProblem): string {
  if (problem.status === 0) return t.offline;
  return t.problems[problem.code] ?? t.failed;
}
