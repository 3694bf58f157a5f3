import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { bookTexts } from '../bookTexts.ts';
import { problemText } from '../problems.ts';

/** Why something was not done, said when it happens; with the id that the shop can look it up by. */
export function ProblemNote({ error }: { error: unknown }) {
  const t = useTexts(bookTexts);
  const id = error ? asProblem(error).correlationId : null;
  return (
    <div role="alert" className="text-sm text-danger empty:hidden">
      {error ? <p>{problemText(t, error)}</p> : null}
      {id && (
        <p className="mt-0.5 text-xs text-muted">
          {t.problemId} <code className="break-all">{id}</code>
        </p>
      )}
    </div>
  );
}
