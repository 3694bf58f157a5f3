import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import type { OrderSummary } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { StatusMark } from './StatusMark.tsx';

/** An order in a list; the whole row leads to it. */
export function OrderRow({ order }: { order: OrderSummary }) {
  const t = useTexts(orderTexts);
  const word =
    order.fulfilment_status === 'partially_shipped' && order.state === 'open' ? 'partially_shipped' : order.status;
  return (
    <li className="relative flex items-center gap-4 py-4 hover:bg-sunken/60">
      <div className="min-w-0 grow">
        <p className="flex flex-wrap items-center gap-x-3 gap-y-1.5">
          <Link
            to="/account/orders/$id"
            params={{ id: order.id }}
            aria-label={t.orderNumber(order.number)}
            className="font-medium tabular-nums after:absolute after:inset-0"
          >
            {order.number}
          </Link>
          <StatusMark word={word} />
        </p>
        <p className="mt-1 text-sm text-muted">
          <Day instant={order.created_at} /> · {t.pieces(order.item_count)}
        </p>
      </div>
      <Money amount={order.total_amount} currency={order.currency} className="shrink-0" />
      <ChevronRight className="size-5 shrink-0 text-muted" aria-hidden="true" />
    </li>
  );
}
