import { asProblem } from '@sharestack/api/problem.ts';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';

interface Props<T> {
  query: Pick<UseQueryResult<T>, 'data' | 'error' | 'refetch'>;
  /** Of the place until it is there: its height. */
  className: string;
  children: (data: T) => ReactNode;
}

/** What a query has, the place of it until then, or why it is not there. Old data is shown rather than a failure. */
export function Loaded<T>({ query: { data, error, refetch }, className, children }: Props<T>) {
  if (data !== undefined) return children(data);
  if (!error) return <Skeleton className={className} />;
  const { correlationId, status } = asProblem(error);
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
}
