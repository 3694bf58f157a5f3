import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { usePageRestored } from '@sharestack/ui/usePageRestored.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback } from 'react';
import { closingTexts } from '../closingTexts.ts';
import { type Checkout, checkoutQuery } from '../queries.ts';
import { CheckoutFacts } from './CheckoutFacts.tsx';
import { CheckoutSkeleton } from './CheckoutSkeleton.tsx';
import { CheckoutSummaryCard } from './CheckoutSummaryCard.tsx';
import { FreeOrder } from './FreeOrder.tsx';
import { LegalNotes } from './LegalNotes.tsx';
import { Notice } from './Notice.tsx';
import { OpeningOrder } from './OpeningOrder.tsx';
import { ReservationTimer } from './ReservationTimer.tsx';
import { Section } from './Section.tsx';

/** What the page of a checkout tells the form of its payment, which belongs to another context. */
export interface PayProps {
  checkoutId: string;
  /** Of the paying button. */
  label: string;
  /** To be read before paying. */
  notes: ReactNode;
  /** The checkout may have changed: its time, its state. */
  onChange: () => void;
}

export type RenderPayment = (props: PayProps) => ReactNode;

interface Props {
  id: string;
  pay: RenderPayment;
}

/** The second part: what is bought for how much, and the payment. */
export function PayStep({ id, pay }: Props) {
  const t = useTexts(closingTexts);
  const { data: checkout, error, refetch } = useQuery(checkoutQuery(useApi(), id));
  const reload = useCallback(() => void refetch(), [refetch]);
  usePageRestored(reload);
  if (error && !checkout) {
    const problem = asProblem(error);
    if (problem.isMissing || problem.status === 401) {
      return (
        <Notice title={t.missingTitle} body={t.missingBody}>
          <Link to="/cart" className={buttonClass()}>
            {t.backToCart}
          </Link>
        </Notice>
      );
    }
    return <ErrorState correlationId={problem.correlationId} isOffline={problem.status === 0} onRetry={reload} />;
  }
  if (!checkout) return <CheckoutSkeleton />;
  if (checkout.status === 'paid') return <OpeningOrder checkoutId={id} />;
  if (checkout.status === 'expired' || checkout.status === 'abandoned') return <Closed checkout={checkout} />;
  return <Payable checkout={checkout} pay={pay} onChange={reload} />;
}

function Closed({ checkout }: { checkout: Checkout }) {
  const t = useTexts(closingTexts);
  const isExpired = checkout.status === 'expired';
  return (
    <Notice title={isExpired ? t.closedTitle : t.replacedTitle} body={isExpired ? t.closedBody : t.replacedBody}>
      <Link to="/checkout" className={buttonClass()}>
        {t.checkAgain}
      </Link>
      <Link to="/cart" className={buttonClass('secondary')}>
        {t.backToCart}
      </Link>
    </Notice>
  );
}

function Payable({ checkout, pay, onChange }: { checkout: Checkout; pay: RenderPayment; onChange: () => void }) {
  const t = useTexts(closingTexts);
  const locale = useLocale();
  const { id, total_amount: total, currency, order_id: orderId } = checkout;
  const label = t.orderAndPay(formatMoney(total, currency, locale));
  return (
    <div className="grid grid-cols-1 gap-8 lg:grid-cols-[minmax(0,1fr)_min(24rem,40%)] lg:items-start lg:gap-14">
      <div className="order-2 space-y-9 lg:order-1">
        <CheckoutFacts checkout={checkout} isChangeable={orderId === null} />
        <Section title={t.payment}>
          <div className="space-y-5">
            <ReservationTimer expiresAt={checkout.expires_at} onOver={onChange} />
            {total === 0 ? (
              <FreeOrder checkoutId={id} />
            ) : (
              <>
                <p className="text-sm text-muted">{t.paymentLead}</p>
                {pay({ checkoutId: id, label, notes: <LegalNotes />, onChange })}
              </>
            )}
          </div>
        </Section>
      </div>
      <div className="order-1 lg:sticky lg:top-32 lg:order-2">
        <CheckoutSummaryCard checkout={checkout} />
      </div>
    </div>
  );
}
