import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { useSecondsUntil } from '@sharestack/ui/useSecondsUntil.ts';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { minutesAndSeconds } from '../clock.ts';
import { type ClosingWords, closingTexts } from '../closingTexts.ts';
import { Trouble } from './Trouble.tsx';

/** What the API refused, in a person's words; the number of the problem stands under details. */
export function RefusalText({ problem }: { problem: ApiProblem }) {
  const t = useTexts(closingTexts);
  const locale = useLocale();
  const { code, status, said, correlationId, retryAfter } = problem;
  const until = useMemo(() => (retryAfter ? Date.now() + retryAfter * 1000 : null), [problem]);
  const seconds = useSecondsUntil(until);
  return (
    <Trouble>
      <p>
        {textOf(t, problem, (amount) => formatMoney(amount, String(said.currency ?? 'USD'), locale))}{' '}
        {seconds !== null && seconds > 0 && t.waitSeconds(minutesAndSeconds(seconds))}
      </p>
      {code === 'payment_in_progress' && typeof said.checkout_id === 'string' && (
        <Link
          to="/checkout"
          search={{ checkout: said.checkout_id }}
          className="inline-flex min-h-11 items-center font-medium text-brand underline underline-offset-4"
        >
          {t.toPaymentInProgress}
        </Link>
      )}
      {correlationId && status !== 0 && (
        <details className="mt-2 text-xs text-muted">
          <summary className="inline-flex min-h-6 items-center underline underline-offset-2">{t.details}</summary>
          <code className="mt-1 block break-all">{correlationId}</code>
        </details>
      )}
    </Trouble>
  );
}

function textOf(t: ClosingWords, { code, status, said }: ApiProblem, money: (amount: number) => string): string {
  if (status === 0) return t.offline;
  if (code === 'payment_in_progress') return t.inProgress;
  if (code === 'amount_too_small') return t.minimum(money(Number(said.minimum_amount)));
  if (code === 'amount_too_large') return t.maximum(money(Number(said.maximum_amount)));
  return t.problems[code] ?? t.failed;
}
