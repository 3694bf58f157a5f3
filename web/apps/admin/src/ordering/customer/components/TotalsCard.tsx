import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type OrderTotals, totalsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** How much somebody has bought, by currency: amounts of several are never added up. */
export function TotalsCard({ userId }: { userId: string }) {
  const t = useTexts(texts);
  return (
    <Card title={t.totals}>
      <Loaded query={useQuery(totalsQuery(useApi(), userId))} size="h-24">
        {(totals) => <Totals totals={totals} />}
      </Loaded>
    </Card>
  );
}

function Totals({ totals: { order_count, last_order_at, currencies } }: { totals: OrderTotals }) {
  const t = useTexts(texts);
  if (order_count === 0) return <p className="text-sm text-muted">{t.nothingOrdered}</p>;
  const money = currencies.flatMap((one): [string, ReactNode][] => [
    [
      t.paidIn(one.currency),
      <span key="paid">
        <Money amount={one.paid_amount} currency={one.currency} />{' '}
        <span className="text-muted">· {t.ofOrders(one.paid_order_count)}</span>
      </span>,
    ],
    [
      t.refundedIn(one.currency),
      one.refunded_amount > 0 && <Money amount={one.refunded_amount} currency={one.currency} />,
    ],
  ]);
  return (
    <Facts
      facts={[
        [t.orderCount, order_count],
        [t.lastOrder, last_order_at && <Moment instant={last_order_at} precision="day" />],
        ...money.filter(([, value]) => value),
      ]}
    />
  );
}
