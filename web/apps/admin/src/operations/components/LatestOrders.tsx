import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { latestOrdersQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { Panel } from './Panel.tsx';

/** What came last, and the way to all orders. */
export function LatestOrders() {
  const t = useTexts(texts);
  const query = useQuery(latestOrdersQuery(useApi()));
  const all = (
    <Link to="/orders" className="text-sm text-brand underline-offset-4 hover:underline">
      {t.all}
    </Link>
  );
  return (
    <Panel title={t.latest} query={query} size="h-60" aside={all}>
      {(orders) =>
        orders.length === 0 ? (
          <p className="text-muted">{t.noOrders}</p>
        ) : (
          <ul className="divide-y divide-line text-sm">
            {orders.map(({ id, number, status, created_at, email, total_amount, currency }) => (
              <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 py-2.5 tabular-nums">
                <span className="truncate">
                  <Link to="/orders/$id" params={{ id }} className="font-medium underline-offset-4 hover:underline">
                    {number}
                  </Link>{' '}
                  <span className="text-muted">{email}</span>
                </span>
                <Money amount={total_amount} currency={currency} className="text-right" />
                <span className="text-muted">
                  <Day instant={created_at} />
                </span>
                <span className="text-right text-muted">{t.statuses[status]}</span>
              </li>
            ))}
          </ul>
        )
      }
    </Panel>
  );
}
