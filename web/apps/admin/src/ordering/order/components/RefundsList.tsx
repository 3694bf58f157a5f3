import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { refundsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

const TONES: Record<string, Tone> = { pending: 'warn', succeeded: 'good', failed: 'bad' };

/** What went back of a payment, or is about to. */
export function RefundsList({ paymentId }: { paymentId: string }) {
  const t = useTexts(texts);
  const refunds = useGrowingList(refundsQuery(useApi(), paymentId));
  return (
    <>
      <h3 className="mt-4 mb-1 text-sm font-medium">{t.refunds}</h3>
      <MoreList {...refunds} empty={<p className="text-sm text-muted">{t.noRefunds}</p>}>
        {({ id, amount, currency, status, reason, note, created_at }) => (
          <li key={id} className="py-2 text-sm">
            <div className="flex flex-wrap items-center justify-between gap-2">
              <Money amount={amount} currency={currency} className="font-medium" />
              <Mark tone={TONES[status] ?? 'plain'}>{t.refundStatuses[status] ?? status}</Mark>
            </div>
            <p className="text-muted">
              {t.refundReasons[reason] ?? reason} · <Moment instant={created_at} />
            </p>
            {note && <p className="break-words text-muted">{note}</p>}
          </li>
        )}
      </MoreList>
    </>
  );
}
