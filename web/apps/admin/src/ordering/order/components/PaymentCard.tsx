import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { usePermissions } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { type Order, paymentQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { RefundDialog } from './RefundDialog.tsx';
import { RefundsList } from './RefundsList.tsx';

/** What was taken, what went back, and what is left of it. */
export function PaymentCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  const permissions = usePermissions();
  const [isRefunding, setRefunding] = useState(false);
  const mayRead = permissions.includes('payments:read_all');
  const { payment } = order;
  const { data } = useQuery({ ...paymentQuery(useApi(), payment?.id ?? ''), enabled: mayRead && payment !== null });
  if (!payment) {
    return (
      <Card title={t.payment}>
        <p className="text-sm text-muted">{t.notPaid}</p>
      </Card>
    );
  }
  // Who may refund and not look at payments is told by the API how much is left.
  const isRefundable = data ? data.refundable_amount > 0 : !mayRead && order.paid_at !== null;
  const refund = permissions.includes('payments:refund') && isRefundable && (
    <Button kind="secondary" className="sm:min-h-9 sm:px-3 sm:text-sm" onClick={() => setRefunding(true)}>
      {t.refund}
    </Button>
  );
  const money = (amount: number | undefined) =>
    amount !== undefined && <Money amount={amount} currency={order.currency} />;
  const { method } = payment;
  return (
    <Card title={t.payment} aside={refund}>
      <Facts
        facts={[
          [
            t.paymentStatus,
            <Mark key="status" tone="plain">
              {t.paymentStatuses[payment.status] ?? payment.status}
            </Mark>,
          ],
          [t.method, method && (method.last4 ? t.methodName(method.brand ?? method.type, method.last4) : method.type)],
          [t.captured, money(data?.amount_captured) || null],
          [t.refunded, money(data?.amount_refunded) || null],
          [t.refundable, money(data?.refundable_amount) || null],
        ]}
      />
      {mayRead && <RefundsList paymentId={payment.id} />}
      {isRefunding && (
        <RefundDialog order={order} paymentId={payment.id} payment={data} onClose={() => setRefunding(false)} />
      )}
    </Card>
  );
}
