import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { refundsOfQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { RefundMark } from './RefundMark.tsx';

/** What was given back of one payment. */
export function RefundList({ paymentId }: { paymentId: string }) {
  const t = useTexts(texts);
  const refunds = useGrowingList(refundsOfQuery(useApi(), paymentId));
  return (
    <Card title={t.refunds}>
      <MoreList {...refunds} empty={<p className="text-sm text-muted">{t.noRefunds}</p>}>
        {(refund) => (
          <li key={refund.id} className="py-2 text-sm">
            <p className="flex flex-wrap items-center gap-3">
              <Money amount={refund.amount} currency={refund.currency} />
              <RefundMark status={refund.status} />
              <Moment instant={refund.created_at} className="text-muted" />
            </p>
            <p className="text-muted">
              {t.reasons[refund.reason] ?? refund.reason}
              {refund.note && `: ${refund.note}`}
            </p>
          </li>
        )}
      </MoreList>
    </Card>
  );
}
