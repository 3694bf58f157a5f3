import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ImportItems } from './ImportItems.tsx';
import { importQuery, isUnderWay, type PostImport } from './queries.ts';
import { OUTCOMES, type Outcome } from './search.ts';
import { importingTexts } from './texts.ts';

/** How far an import is, and what became of each of its items. */
export function ImportReport({ id, outcome }: { id: string; outcome: Outcome | undefined }) {
  const { data, error, refetch } = useQuery(importQuery(useApi(), id));
  if (data) return <Report report={data} outcome={outcome} />;
  if (!error) return <Skeleton className="h-40" />;
  const { correlationId, status } = asProblem(error);
  if (status === 404 || status === 422) return <Gone />;
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
}

function Report({ report, outcome }: { report: PostImport; outcome: Outcome | undefined }) {
  const t = useTexts(importingTexts);
  const { id, status, reason, items } = report;
  const ends = OUTCOMES.filter((one) => report[one] > 0);
  return (
    <>
      <p role="status" className={status === 'failed' ? 'text-danger' : ''}>
        {t.statuses[status]} {reason && (t.reasons[reason] ?? t.why(reason))}
      </p>
      {items !== null && <p className="mt-1 text-sm text-muted">{t.itemCount(items)}</p>}
      {ends.length > 0 && (
        <dl className="mt-3 flex flex-wrap gap-x-6 gap-y-1">
          {ends.map((one) => (
            <div key={one} className="flex items-baseline gap-2">
              <dt className="text-sm text-muted">{t.outcomes[one]}</dt>
              <dd className="font-medium tabular-nums">{report[one]}</dd>
            </div>
          ))}
        </dl>
      )}
      {status !== 'failed' && (
        // Once it has ended, the list is asked for anew.
        <ImportItems key={status} id={id} ends={ends} outcome={outcome} isUnderWay={isUnderWay(report)} />
      )}
      {!isUnderWay(report) && <Again />}
    </>
  );
}

function Again() {
  const t = useTexts(importingTexts);
  return (
    <Link to="/account/import" search={{}} className={buttonClass('secondary', 'mt-5')}>
      {t.again}
    </Link>
  );
}

function Gone() {
  const t = useTexts(importingTexts);
  return (
    <EmptyState title={t.goneTitle} body={t.goneBody}>
      <Link to="/account/import" search={{}} className={buttonClass('secondary')}>
        {t.toStart}
      </Link>
    </EmptyState>
  );
}
