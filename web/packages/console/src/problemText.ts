import type { ApiProblem } from '@sharestack/api/problem.ts';
import type { texts } from './texts.ts';

/** Words of a place for codes of the API; some need what else was said, such as how much is left. */
export type ProblemWords = Readonly<Record<string, string | ((problem: ApiProblem) => string)>>;

/**
 * What the API refused, in words: those of the place, those of every place, or the API's own sentence, which says what
 * and where in English.
 */
export function problemText(t: (typeof texts)['en'], problem: ApiProblem, words: ProblemWords = {}): string {
  if (problem.status === 0) return t.offline;
  if (problem.status === 429) return t.wait(problem.retryAfter ?? 60);
  const known = words[problem.code] ?? t.problems[problem.code];
  if (known) return typeof known === 'string' ? known : known(problem);
  if (problem.status === 403) return t.noRights;
  const { detail } = problem.said;
  return problem.status < 500 && typeof detail === 'string' ? detail : t.failed;
}
