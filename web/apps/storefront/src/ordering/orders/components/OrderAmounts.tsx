import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import type { ReactNode } from 'react';
import { refundsOf } from '../orderState.ts';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { Section } from './Section.tsx';

export function OrderAmounts({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  const { done, pending } = refundsOf(order);
  const codes = order.coupons.map(({ code }) => code).join(', ');
  const money = (amount: number) => <Money amount={amount} currency={order.currency} />;
  const hasShipping = order.shipping_method !== null || order.shipping_amount > 0;
  return (
    <Section title={t.amounts}>
      <dl className="space-y-2">
        <Row name={t.subtotal}>{money(order.subtotal_amount)}</Row>
        {order.discount_amount > 0 && (
          <Row name={codes ? t.discountBy(codes) : t.discount} look="text-brand">
            {money(-order.discount_amount)}
          </Row>
        )}
        {hasShipping && (
          <Row name={order.shipping_method ? t.shippingBy(order.shipping_method) : t.shipping}>
            {order.shipping_amount === 0 ? t.freeShipping : money(order.shipping_amount)}
          </Row>
        )}
        {order.tax_amount > 0 && !order.prices_include_tax && <Row name={t.tax}>{money(order.tax_amount)}</Row>}
        <Row name={t.total} look="border-t border-line pt-3 text-lg font-semibold">
          {money(order.total_amount)}
        </Row>
        {order.tax_amount > 0 && order.prices_include_tax && (
          <Row name={t.taxIncluded} look="text-sm">
            {money(order.tax_amount)}
          </Row>
        )}
        {done > 0 && <Row name={t.refunded}>{money(-done)}</Row>}
        {pending > 0 && (
          <Row name={t.refundPending} look="text-warn">
            {money(-pending)}
          </Row>
        )}
      </dl>
    </Section>
  );
}

function Row({ name, look = '', children }: { name: string; look?: string; children: ReactNode }) {
  return (
    <div className={`flex items-baseline justify-between gap-4 ${look}`}>
      <dt className={`min-w-0 break-words ${look ? '' : 'text-muted'}`}>{name}</dt>
      <dd className="shrink-0 tabular-nums">{children}</dd>
    </div>
  );
}
