import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { moderationTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

interface Props<T> {
  list: UseInfiniteQueryResult<InfiniteData<{ items: T[]; next_cursor: string | null }>>;
  empty: ReactNode;
  children: (item: T) => ReactNode;
}

/** A list that grows when its reader asks for more. */
export function PagedList<T>({ list, empty, children }: Props<T>) {
  const t = useTexts(moderationTexts);
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = list;
  if (!data) {
    if (!error) return <Loading />;
    const { correlationId, status } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
  }
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      <ul className="divide-y divide-line border-y border-line">{items.map(children)}</ul>
      <p role="status" className="sr-only">
        {isFetchingNextPage ? t.loading : t.shown(items.length)}
      </p>
      {error && <ProblemNote error={error} />}
      {hasNextPage && (
        <Button kind="secondary" className="mt-6" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t.loading : t.more}
        </Button>
      )}
    </>
  );
}

function Loading() {
  const t = useTexts(moderationTexts);
  return (
    <div role="status" className="space-y-3">
      <p className="sr-only">{t.loading}</p>
      <Skeleton className="h-32" />
      <Skeleton className="h-32" />
    </div>
  );
}
