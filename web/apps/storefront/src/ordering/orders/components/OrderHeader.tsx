import { formatMoment } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { isPayable, refundsOf, statusWord } from '../orderState.ts';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { StatusMark } from './StatusMark.tsx';

export function OrderHeader({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  const { name } = useSite();
  const word = statusWord(order);
  const lead = useLead(order);
  return (
    <header>
      <p className="mb-6 hidden font-display text-lg font-semibold print:block">{name}</p>
      <h1 id="order-title" tabIndex={-1} className="font-display text-3xl tabular-nums">
        {t.orderNumber(order.number)}
      </h1>
      <div role="status" className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <StatusMark word={word} />
        <p className="text-muted">{lead}</p>
      </div>
      <p className="mt-2 text-sm break-words text-muted">
        {t.placedOn} <Moment instant={order.created_at} /> · {t.placedBy} <bdi>{order.email}</bdi>
      </p>
    </header>
  );
}

/** What the status means for who bought it: what happens next, or what there is to do. */
function useLead(order: Order): string | undefined {
  const t = useTexts(orderTexts);
  const locale = useLocale();
  const word = statusWord(order);
  if (word === 'pending') {
    const isOpen = isPayable(order, Date.now());
    return isOpen ? t.payBy(formatMoment(order.payable_until ?? order.created_at, locale)) : t.payTimeOver;
  }
  const isOwed = word === 'cancelled' && order.paid_at !== null && order.total_amount > refundsOf(order).done;
  return t.lead[isOwed ? 'refundOwed' : word];
}
