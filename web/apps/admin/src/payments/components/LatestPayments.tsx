import { useApi } from '@sharestack/api/context.tsx';
import { ShortList } from '@sharestack/console/ShortList.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { latestPaymentsQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { PaymentMark } from './PaymentMark.tsx';

const LINK = 'text-sm text-brand underline underline-offset-4';

/** What somebody paid last; what went back to them is a list of its own. */
export function LatestPayments({ userId }: { userId: string }) {
  const t = useTexts(texts);
  return (
    <ShortList
      title={t.payments}
      none={t.noPayments}
      all={
        <span className="flex flex-wrap gap-x-4 gap-y-1">
          <Link to="/payments" search={{ customer: userId }} className={LINK}>
            {t.allPayments}
          </Link>
          <Link to="/refunds" search={{ customer: userId }} className={LINK}>
            {t.allRefunds}
          </Link>
        </span>
      }
      query={useQuery(latestPaymentsQuery(useApi(), userId))}
      keyOf={({ id }) => id}
    >
      {(payment) => (
        <>
          <Link to="/payments/$id" params={{ id: payment.id }} className="font-medium hover:underline">
            <Moment instant={payment.created_at} precision="day" />
          </Link>
          <PaymentMark status={payment.status} />
          <Money amount={payment.amount} currency={payment.currency} />
        </>
      )}
    </ShortList>
  );
}
