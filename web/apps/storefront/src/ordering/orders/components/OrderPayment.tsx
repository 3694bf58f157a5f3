import { useTexts } from '@sharestack/i18n/locale.tsx';
import { brandName } from '@sharestack/payments/brands.ts';
import { CreditCard } from 'lucide-react';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { Section } from './Section.tsx';

type Method = NonNullable<NonNullable<Order['payment']>['method']>;

export function OrderPayment({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  const { payment } = order;
  return (
    <Section title={t.payment}>
      {payment ? (
        <p className="flex items-start gap-3">
          <CreditCard className="mt-0.5 size-5 shrink-0 text-muted" strokeWidth={1.75} aria-hidden="true" />
          <span>
            {payment.method && <span className="block">{methodName(payment.method, t)}</span>}
            <span className="block text-muted">{t.paymentStatus[payment.status] ?? payment.status}</span>
          </span>
        </p>
      ) : (
        <p className="text-muted">{order.total_amount === 0 ? t.nothingToPay : t.nothingPaid}</p>
      )}
    </Section>
  );
}

function methodName({ type, brand, last4, wallet }: Method, t: (typeof orderTexts)['en']): string {
  const name = brandName(brand ?? type);
  const card = last4 ? t.cardEnding(name, last4) : name;
  return wallet ? `${brandName(wallet)} · ${card}` : card;
}
