import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useSecondsUntil } from '@sharestack/ui/useSecondsUntil.ts';
import { useMemo } from 'react';
import { texts } from '../texts.ts';

/** Nothing that another try would change. */
const FINAL = ['payment_blocked', 'too_many_declined_payments', 'checkout_expired', 'checkout_not_found'];

interface Props {
  problem: ApiProblem;
  isBusy: boolean;
  onRetry: () => void;
}

/** Why the payment could not be opened, and another try where that makes sense. */
export function PaymentProblem({ problem, isBusy, onRetry }: Props) {
  const t = useTexts(texts);
  const { code, status, retryAfter, correlationId } = problem;
  const until = useMemo(() => (retryAfter ? Date.now() + retryAfter * 1000 : null), [problem]);
  const seconds = useSecondsUntil(until) ?? 0;
  return (
    <div role="alert" className="rounded-card bg-warn-soft p-5">
      <p>
        {status === 0 ? t.offline : (t.problems[code] ?? t.failed)} {seconds > 0 && t.waitSeconds(seconds)}
      </p>
      {!FINAL.includes(code) && (
        <Button kind="secondary" className="mt-4" busy={isBusy} disabled={seconds > 0} onClick={onRetry}>
          {t.retry}
        </Button>
      )}
      {correlationId && (
        <details className="mt-2 text-xs text-muted">
          <summary className="inline-flex min-h-6 items-center underline underline-offset-2">{t.details}</summary>
          <code className="mt-1 block break-all">{correlationId}</code>
        </details>
      )}
    </div>
  );
}
