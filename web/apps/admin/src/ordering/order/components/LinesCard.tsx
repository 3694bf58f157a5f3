import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import type { ReactNode } from 'react';
import type { Order, OrderItem } from '../queries.ts';
import { texts } from '../texts.ts';

/** What was ordered, what became of its units, and what it came to. */
export function LinesCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  return (
    <Card title={t.lines}>
      <ul className="divide-y divide-line text-sm">
        {order.items.map((item) => (
          <Line key={item.id} item={item} currency={order.currency} />
        ))}
      </ul>
      <Totals order={order} />
    </Card>
  );
}

function Line({ item, currency }: { item: OrderItem; currency: string }) {
  const t = useTexts(texts);
  const units = t.ofUnits(item.handed_over_quantity, item.refunded_quantity, item.remaining_quantity);
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-0.5 py-2.5 first:pt-0">
      <span className="min-w-0 break-words">
        <bdi className="font-medium">{item.name}</bdi> <bdi className="text-muted">{item.variant_title}</bdi>
      </span>
      <Money amount={item.total_amount} currency={currency} className="text-right" />
      <span className="min-w-0 break-words text-muted">{[item.sku, units].filter(Boolean).join(' · ')}</span>
      <span className="text-right text-muted tabular-nums">
        {item.quantity} × <Money amount={item.unit_amount} currency={currency} />
      </span>
    </li>
  );
}

function Totals({ order }: { order: Order }) {
  const t = useTexts(texts);
  const money = (amount: number) => <Money amount={amount} currency={order.currency} />;
  const rows: [string, ReactNode][] = [[t.subtotal, money(order.subtotal_amount)]];
  for (const { code, discount_amount, shipping_discount_amount } of order.coupons) {
    rows.push([t.coupon(code), money(-(discount_amount + shipping_discount_amount))]);
  }
  if (order.discount_amount && order.coupons.length === 0) rows.push([t.discount, money(-order.discount_amount)]);
  rows.push([[t.shipping, order.shipping_method].filter(Boolean).join(' · '), money(order.shipping_amount)]);
  rows.push([order.prices_include_tax ? t.taxIncluded : t.tax, money(order.tax_amount)]);
  return (
    <dl className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] gap-x-4 gap-y-1 border-t border-line pt-3 text-sm">
      {rows.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-muted">{name}</dt>
          <dd className="text-right">{value}</dd>
        </div>
      ))}
      <dt className="font-semibold">{t.total}</dt>
      <dd className="text-right font-semibold">{money(order.total_amount)}</dd>
    </dl>
  );
}
