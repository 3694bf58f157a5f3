import { asProblem } from '@sharestack/api/problem.ts';
import type { actingTexts } from './texts.ts';

/** What the API refused, in a person's words; `words` are for codes that mean something of their own where it is shown. */
export function problemText(
  t: (typeof actingTexts)['en'],
  error: unknown,
  words: Readonly<Record<string, string>> = {},
): string {
  const problem = asProblem(error);
  if (problem.status === 0) return t.offline;
  if (problem.status === 429 && problem.retryAfter) return t.waitSeconds(problem.retryAfter);
  const own = words[problem.code] ?? t.problems[problem.code];
  return own ?? (problem.isMissing ? (t.problems.not_found ?? t.failed) : t.failed);
}
