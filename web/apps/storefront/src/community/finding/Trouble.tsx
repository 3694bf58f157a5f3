import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Link } from '@tanstack/react-router';
import { findingTexts } from './texts.ts';

/** Why nothing is shown: the words are too few, or the search failed. */
export function Trouble({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const t = useTexts(findingTexts);
  const { code, correlationId, status } = asProblem(error);
  if (code === 'query_too_short') return <EmptyState title={t.tooShort} />;
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={onRetry} />;
}

export function NothingFound() {
  const t = useTexts(findingTexts);
  return (
    <EmptyState title={t.nothing} body={t.nothingBody}>
      <Link to="/feed" search={{ tab: 'all' }} className={buttonClass('secondary')}>
        {t.toFeed}
      </Link>
    </EmptyState>
  );
}

export function Searching() {
  const t = useTexts(findingTexts);
  return (
    <div role="status" className="space-y-3">
      <p className="sr-only">{t.loading}</p>
      <Skeleton className="h-20" />
      <Skeleton className="h-20" />
      <Skeleton className="h-20" />
    </div>
  );
}
