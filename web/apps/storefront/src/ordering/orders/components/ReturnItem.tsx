import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import type { Order, OrderReturn } from '../queries.ts';
import { returnTexts } from '../returnTexts.ts';
import { orderTexts } from '../texts.ts';
import { ReturnMark } from './ReturnMark.tsx';

/** One return of an order: how it stands, what comes back, and what was said about it. */
export function ReturnItem({ value, order }: { value: OrderReturn; order: Order }) {
  const t = useTexts(orderTexts);
  const own = useTexts(returnTexts);
  const names = new Map(order.items.map((item) => [item.id, item.name]));
  return (
    <li className="rounded-card border border-line bg-surface p-5">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <ReturnMark status={value.status} />
        <p className="text-sm text-muted">
          {t.returnOn} <Moment instant={value.created_at} />
        </p>
      </div>
      <ul className="mt-3 space-y-1">
        {value.lines.map((line) => (
          <li key={line.order_item_id} className="break-words">
            {line.quantity} × <bdi>{names.get(line.order_item_id)}</bdi>{' '}
            <span className="text-sm text-muted">{own.reasons[line.reason]}</span>
          </li>
        ))}
      </ul>
      {value.note && <Said who={own.youSaid} words={value.note} />}
      {value.decision_note && <Said who={own.shopSays} words={value.decision_note} />}
      {value.status === 'approved' && (
        <p className="mt-3 rounded-control bg-info-soft px-4 py-3 text-sm">
          {own.returnSendTo}{' '}
          <Link to="/legal/$name" params={{ name: 'returns' }} className="font-medium underline underline-offset-4">
            {own.returnRules}
          </Link>
        </p>
      )}
      {value.refund_amount !== null && (
        <p className="mt-3 text-sm">
          {own.refundOf} <Money amount={value.refund_amount} currency={order.currency} className="font-medium" />
        </p>
      )}
    </li>
  );
}

function Said({ who, words }: { who: string; words: string }) {
  return (
    <figure className="mt-3 border-l-2 border-line pl-3 text-sm">
      <figcaption className="text-muted">{who}</figcaption>
      <blockquote className="break-words whitespace-pre-line" dir="auto">
        {words}
      </blockquote>
    </figure>
  );
}
