import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { ReactNode } from 'react';
import { texts } from './texts.ts';

interface Props<Data> {
  query: { data: Data | undefined; error: Error | null; refetch: () => unknown };
  /** Class of the place that is kept while it loads. */
  size?: string;
  children: (data: Data) => ReactNode;
}

/** What a query answered; until then its place, and where it is refused why. What was shown stays when a later read fails. */
export function Loaded<Data>({ query: { data, error, refetch }, size = 'h-64', children }: Props<Data>) {
  const t = useTexts(texts);
  if (data !== undefined) return children(data);
  if (!error) {
    return (
      <div aria-busy="true">
        <Skeleton className={size} />
      </div>
    );
  }
  const problem = asProblem(error);
  if (problem.isMissing) return <EmptyState title={t.missing} />;
  if (problem.status === 403) return <EmptyState title={t.noRights} />;
  return (
    <ErrorState correlationId={problem.correlationId} isOffline={problem.status === 0} onRetry={() => void refetch()} />
  );
}
