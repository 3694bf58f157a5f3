import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { ReactNode } from 'react';
import { Button } from './Button.tsx';
import { ErrorState } from './ErrorState.tsx';
import { texts } from './messages.ts';
import { Skeleton } from './Skeleton.tsx';

interface Props<T> {
  /** Undefined until the first of them are there. */
  items: readonly T[] | undefined;
  /** Of the last call, where it failed. */
  problem: { correlationId: string | null; status: number } | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  onMore: () => void;
  onRetry: () => void;
  empty: ReactNode;
  /** One item, as `<li>`. */
  children: (item: T) => ReactNode;
}

/** A list that grows when its reader asks for more, so that what is below it stays within reach. */
export function MoreList<T>({ items, problem, hasMore, isLoadingMore, onMore, onRetry, empty, children }: Props<T>) {
  const t = useTexts(texts);
  const failed = problem && (
    <ErrorState correlationId={problem.correlationId} isOffline={problem.status === 0} onRetry={onRetry} />
  );
  if (!items) return failed || <ListSkeleton />;
  if (items.length === 0) return empty;
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">{items.map(children)}</ul>
      <p role="status" className="sr-only">
        {isLoadingMore ? t.loading : t.shown(items.length)}
      </p>
      <div className="mt-6">
        {failed ||
          (hasMore && (
            <Button kind="secondary" busy={isLoadingMore} onClick={onMore}>
              {isLoadingMore ? t.loading : t.more}
            </Button>
          ))}
      </div>
    </>
  );
}

function ListSkeleton() {
  const t = useTexts(texts);
  return (
    <div role="status" className="space-y-3">
      <p className="sr-only">{t.loading}</p>
      {['first', 'second', 'third'].map((row) => (
        <Skeleton key={row} className="h-20" />
      ))}
    </div>
  );
}
