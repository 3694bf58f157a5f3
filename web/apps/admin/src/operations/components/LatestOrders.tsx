import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { latestOrdersQuery } from '../queries.ts';
import { texts } from '../texts.ts';

const CELL = 'px-4 py-2.5';

export function LatestOrders() {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery(latestOrdersQuery(useApi()));
  return (
    <section>
      <h2 id="latest" className="mb-3 font-semibold">
        {t.latest}
      </h2>
      {data?.length === 0 && <p className="text-muted">{t.noOrders}</p>}
      {data && data.length > 0 && (
        <div
          // What scrolls has to be reachable by keyboard.
          {...{ role: 'region', 'aria-labelledby': 'latest', tabIndex: 0 }}
          className="overflow-x-auto rounded-card border border-line bg-surface"
        >
          <table className="w-full text-sm whitespace-nowrap tabular-nums">
            <thead className="text-left text-muted">
              <tr>
                {[t.number, t.when, t.customer, t.status].map((name) => (
                  <th key={name} className={`${CELL} font-normal`}>
                    {name}
                  </th>
                ))}
                <th className={`${CELL} text-right font-normal`}>{t.pieces}</th>
                <th className={`${CELL} text-right font-normal`}>{t.total}</th>
              </tr>
            </thead>
            <tbody>
              {data.map((order) => (
                <tr key={order.id} className="border-t border-line">
                  <th scope="row" className={`${CELL} text-left font-medium`}>
                    {order.number}
                  </th>
                  <td className={CELL}>
                    <Day instant={order.created_at} />
                  </td>
                  <td className={`${CELL} max-w-60 truncate`}>{order.email}</td>
                  <td className={CELL}>{t.statuses[order.status]}</td>
                  <td className={`${CELL} text-right`}>{order.item_count}</td>
                  <td className={`${CELL} text-right`}>
                    <Money amount={order.total_amount} currency={order.currency} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {error && !data && (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={() => void refetch()}
        />
      )}
      {!data && !error && <Skeleton className="h-72" />}
    </section>
  );
}
