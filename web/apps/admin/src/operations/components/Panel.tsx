import { asProblem } from '@sharestack/api/problem.ts';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { type ReactNode, useId } from 'react';

interface Query<Data> {
  data: Data | undefined;
  error: Error | null;
  refetch: () => unknown;
}

interface Props<Data> {
  title: string;
  /** Beside the title: a choice, a way to the whole list. */
  aside?: ReactNode;
  query: Query<Data>;
  /** Class of the place that is kept while it loads. */
  size: string;
  children: (data: Data) => ReactNode;
}

/** A part of the overview: each loads, fails and is tried again by itself. */
export function Panel<Data>({ title, aside, query: { data, error, refetch }, size, children }: Props<Data>) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col rounded-card border border-line bg-surface p-5">
      <div className="mb-4 flex flex-wrap items-center justify-between gap-3">
        <h2 id={id} className="font-semibold">
          {title}
        </h2>
        {aside}
      </div>
      {data !== undefined ? (
        children(data)
      ) : error ? (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={() => void refetch()}
        />
      ) : (
        <Skeleton className={size} />
      )}
    </section>
  );
}
