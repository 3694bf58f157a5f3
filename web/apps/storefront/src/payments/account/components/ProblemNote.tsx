import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { paymentTexts } from '../texts.ts';

/** Why something was not done, said when it happens; with the id that the shop can look it up by. */
export function ProblemNote({ error }: { error: unknown }) {
  const t = useTexts(paymentTexts);
  if (!error) return null;
  const { status, code, retryAfter, correlationId } = asProblem(error);
  const words = status === 0 ? t.offline : retryAfter ? t.waitSeconds(retryAfter) : (t.problems[code] ?? t.failed);
  return (
    <div role="alert" className="text-sm text-danger">
      <p>{words}</p>
      {correlationId && (
        <p className="mt-0.5 text-xs text-muted">
          {t.problemId} <code className="break-all">{correlationId}</code>
        </p>
      )}
    </div>
  );
}
