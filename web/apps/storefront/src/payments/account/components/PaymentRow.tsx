import { formatDay } from '@sharestack/i18n/dates.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import { methodName } from '../methodNames.ts';
import type { Payment } from '../queries.ts';
import { paymentTexts } from '../texts.ts';

/** One payment: how much, how it stands, what with, and the order that it paid. */
export function PaymentRow({ payment }: { payment: Payment }) {
  const t = useTexts(paymentTexts);
  const locale = useLocale();
  const { amount, currency, method, status, order_id: orderId } = payment;
  return (
    <li className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2 py-4">
      <div className="min-w-0">
        <p className="font-medium">{t.status[status] ?? status}</p>
        <p className="text-sm text-muted">
          <Moment instant={payment.created_at} />
          {method && ` · ${methodName({ ...method, kind: method.type }, t)}`}
        </p>
        {orderId && (
          <Link
            to="/account/orders/$id"
            params={{ id: orderId }}
            aria-label={t.paymentOf(formatDay(payment.created_at, locale), formatMoney(amount, currency, locale))}
            className="inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4"
          >
            {t.toOrder}
          </Link>
        )}
      </div>
      <div className="text-right">
        <Money amount={amount} currency={currency} className={status === 'canceled' ? 'text-muted' : 'font-medium'} />
        {payment.amount_refunded > 0 && (
          <p className="text-sm text-muted">
            {t.refunded} <Money amount={-payment.amount_refunded} currency={currency} />
          </p>
        )}
      </div>
    </li>
  );
}
