import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type OrderAccess, orderQuery } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { OrderView } from './OrderView.tsx';

interface Props {
  access: OrderAccess;
  isReady: boolean;
  /** What is said where the order may not be seen: by the code of the refusal. */
  refused: (code: string) => ReactNode;
  /** What else is said below an order. */
  note?: ReactNode;
}

/** An order, or why there is none. What was shown stays while the network is away. */
export function OrderContent({ access, isReady, refused, note }: Props) {
  const t = useTexts(orderTexts);
  const { data, error, refetch } = useQuery({ ...orderQuery(useApi(), access), enabled: isReady });
  const problem = error ? asProblem(error) : null;
  const isRefused = problem !== null && [401, 403, 404, 410, 422].includes(problem.status);
  if (problem && isRefused) return refused(problem.code);
  if (data) {
    return (
      <>
        <OrderView order={data} access={access} />
        {note}
      </>
    );
  }
  return (
    <>
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.order}
      </h1>
      {problem ? (
        <div className="mt-6">
          <ErrorState
            correlationId={problem.correlationId}
            isOffline={problem.status === 0}
            onRetry={() => void refetch()}
          />
        </div>
      ) : (
        <OrderSkeleton />
      )}
    </>
  );
}

function OrderSkeleton() {
  const t = useTexts(orderTexts);
  return (
    <div role="status">
      <p className="sr-only">{t.loading}</p>
      <Skeleton className="mt-3 h-8 w-72 max-w-full" />
      <Skeleton className="mt-6 h-11 w-64 max-w-full" />
      <Skeleton className="mt-8 h-24" />
      <Skeleton className="mt-10 h-72" />
    </div>
  );
}
