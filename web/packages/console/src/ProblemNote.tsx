import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type ProblemWords, problemText } from './problemText.ts';
import { texts } from './texts.ts';

interface Props {
  error: unknown;
  /** Words of this place for codes of the API. */
  words?: ProblemWords | undefined;
}

/** Why something was not done, with the id that it can be looked up by. */
export function ProblemNote({ error, words }: Props) {
  const t = useTexts(texts);
  const problem: ApiProblem | null = error ? asProblem(error) : null;
  return (
    <div role="alert" className="text-sm text-danger empty:hidden">
      {problem && (
        <>
          <p>{problemText(t, problem, words)}</p>
          {problem.correlationId && problem.status >= 500 && (
            <p className="mt-1 text-xs text-muted">
              {t.problemId} <code className="break-all">{problem.correlationId}</code>
            </p>
          )}
        </>
      )}
    </div>
  );
}
