import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { listTexts } from '../listTexts.ts';
import { latestOrdersQuery } from '../queries.ts';
import { OrderRow } from './OrderRow.tsx';

/** The last few orders, and the way to all of them. */
export function LatestOrders({ title, all }: { title: string; all: string }) {
  return (
    <section aria-labelledby="latest-orders" className="mt-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-4">
        <h2 id="latest-orders" className="font-display text-xl">
          {title}
        </h2>
        <Link to="/account/orders" className={buttonClass('quiet', '-mr-4 text-sm')}>
          {all}
        </Link>
      </div>
      <Rows />
    </section>
  );
}

function Rows() {
  const t = useTexts(listTexts);
  const { data, error, refetch } = useQuery(latestOrdersQuery(useApi()));
  if (data?.items.length === 0) {
    return (
      <EmptyState title={t.noOrdersTitle} body={t.noOrdersBody}>
        <Link to="/search" className={buttonClass()}>
          {t.goShopping}
        </Link>
      </EmptyState>
    );
  }
  if (data) {
    return (
      <ul className="divide-y divide-line border-y border-line">
        {data.items.map((order) => (
          <OrderRow key={order.id} order={order} />
        ))}
      </ul>
    );
  }
  if (!error) return <Skeleton className="h-60" />;
  const { correlationId, status } = asProblem(error);
  return <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />;
}
