import { useApi } from '@sharestack/api/context.tsx';
import { ShortList } from '@sharestack/console/ShortList.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { StatusMark } from '../../components/StatusMark.tsx';
import { latestOrdersQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What somebody ordered last, and the way to all of it. */
export function LatestOrders({ userId }: { userId: string }) {
  const t = useTexts(texts);
  return (
    <ShortList
      title={t.orders}
      none={t.noOrders}
      all={
        <Link to="/orders" search={{ customer: userId }} className="text-sm text-brand underline underline-offset-4">
          {t.allOrders}
        </Link>
      }
      query={useQuery(latestOrdersQuery(useApi(), userId))}
      keyOf={({ id }) => id}
    >
      {(order) => (
        <>
          <Link to="/orders/$id" params={{ id: order.id }} className="font-medium hover:underline">
            {order.number}
          </Link>
          <Moment instant={order.created_at} precision="day" className="text-muted" />
          <StatusMark status={order.status} />
          <Money amount={order.total_amount} currency={order.currency} />
        </>
      )}
    </ShortList>
  );
}
