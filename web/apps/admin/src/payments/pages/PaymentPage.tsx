import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { PaymentMark } from '../components/PaymentMark.tsx';
import { RefundList } from '../components/RefundList.tsx';
import { type Payment, paymentQuery } from '../queries.ts';
import { texts } from '../texts.ts';

const LINK = 'mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6';

/** One payment: what was taken and given back, and how it went. Refunds are made where the order's lines are. */
export function PaymentPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/payments/$id' });
  const query = useQuery(paymentQuery(useApi(), id));
  return (
    <div className="space-y-5">
      <RoomHead title={query.data?.provider_payment_id || t.payment} back={{ to: '/payments', label: t.payments }} />
      <Loaded query={query}>
        {(payment) => (
          <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
            <About payment={payment} />
            <Card title={t.history}>
              <ol className="space-y-1.5 text-sm">
                {payment.history.map((change) => (
                  <li key={change.created_at} className="flex flex-wrap justify-between gap-3">
                    <span>{t.states[change.after] ?? change.after}</span>
                    <Moment instant={change.created_at} className="text-muted" />
                  </li>
                ))}
              </ol>
            </Card>
            <RefundList paymentId={id} />
          </div>
        )}
      </Loaded>
    </div>
  );
}

function About({ payment }: { payment: Payment }) {
  const t = useTexts(texts);
  const money = (amount: number) => <Money amount={amount} currency={payment.currency} />;
  const { method } = payment;
  return (
    <Card title={t.payment} aside={<PaymentMark status={payment.status} />}>
      <Facts
        facts={[
          [t.amount, money(payment.amount)],
          [t.captured, money(payment.amount_captured)],
          [t.refunded, money(payment.amount_refunded)],
          [t.refundable, money(payment.refundable_amount)],
          [t.method, method && [method.brand ?? method.type, method.last4, method.wallet].filter(Boolean).join(' ')],
          [t.provider, payment.provider],
          [t.failure, payment.failure_code],
          [t.when, <Moment key="when" instant={payment.created_at} />],
        ]}
      />
      {payment.order_id && (
        <Link to="/orders/$id" params={{ id: payment.order_id }} className={LINK}>
          {t.toOrder}
        </Link>
      )}
    </Card>
  );
}
