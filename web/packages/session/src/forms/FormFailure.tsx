import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useEffect, useState } from 'react';
import { texts } from './texts.ts';

interface Props {
  problem: ApiProblem | null;
  /** For codes that mean something of their own here. */
  words?: Record<string, string>;
}

/**
 * Why a form was not accepted as a whole, in words, with the id that the shop can look it up by. Where one has to wait,
 * the seconds are counted down for the eye, and said once to who listens.
 */
export function FormFailure({ problem, words = {} }: Props) {
  const t = useTexts(texts);
  const own = problem ? words[problem.code] : undefined;
  return (
    <div role="alert" className="text-sm text-danger empty:hidden">
      {problem && (
        <p>
          {own ? (
            own
          ) : problem.status === 429 && problem.retryAfter ? (
            <Countdown key={String(problem.correlationId)} seconds={problem.retryAfter} />
          ) : problem.status === 0 ? (
            t.offline
          ) : (
            (t.problems[problem.code] ?? t.failed)
          )}
        </p>
      )}
      {problem?.correlationId && (
        <details className="mt-1 text-xs text-muted">
          <summary className="inline-flex min-h-6 items-center underline underline-offset-2">{t.details}</summary>
          <p className="mt-1">
            {t.problemId} <code className="break-all">{problem.correlationId}</code>
          </p>
        </details>
      )}
    </div>
  );
}

function Countdown({ seconds }: { seconds: number }) {
  const t = useTexts(texts);
  const [end] = useState(() => Date.now() + seconds * 1000);
  const [left, setLeft] = useState(seconds);
  useEffect(() => {
    const timer = setInterval(() => setLeft(Math.max(0, Math.ceil((end - Date.now()) / 1000))), 1000);
    return () => clearInterval(timer);
  }, [end]);
  return (
    <>
      <span className="sr-only">{t.wait(seconds)}</span>
      <span aria-hidden="true">{left > 0 ? t.wait(left) : t.waitOver}</span>
    </>
  );
}
