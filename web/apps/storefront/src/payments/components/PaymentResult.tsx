import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { declineText, texts as declineTexts } from '@sharestack/payments/texts.ts';
import { usePaymentResult } from '@sharestack/payments/usePaymentResult.ts';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { usePageRestored } from '@sharestack/ui/usePageRestored.ts';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useCallback, useState } from 'react';
import { type PaymentDetail, readPayment } from '../queries.ts';
import { texts } from '../texts.ts';
import { MissingPayment } from './MissingPayment.tsx';
import { ResultCard } from './ResultCard.tsx';

export type RenderOrder = (checkoutId: string) => ReactNode;

interface Props {
  id: string;
  guestToken: string | null;
  /** Opens the order of a checkout; shown once it is paid, or wished for. */
  order: RenderOrder;
}

/** What became of a payment: only the API knows, whatever the address says. */
export function PaymentResult({ id, guestToken, order }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const read = useCallback(() => readPayment(api, id, guestToken), [api, id, guestToken]);
  const { payment, verdict, error, again } = usePaymentResult(read);
  const [isOpened, setOpened] = useState(false);
  usePageRestored(again);
  if (error) {
    const problem = asProblem(error);
    if (problem.isMissing || problem.status === 401) return <MissingPayment />;
    return <ErrorState correlationId={problem.correlationId} isOffline={problem.status === 0} onRetry={again} />;
  }
  if (payment && (verdict === 'paid' || isOpened)) return order(payment.checkout_id);
  switch (verdict) {
    case 'waiting':
      return (
        <ResultCard title={t.waitingTitle} body={t.waitingBody} isBusy>
          {payment && <PayAgain payment={payment} text={t.backToPayment} kind="secondary" />}
        </ResultCard>
      );
    case 'failed':
      return <Failed payment={payment as PaymentDetail} />;
    case 'canceled':
      return (
        <ResultCard title={t.canceledTitle} body={t.canceledBody}>
          <Link to="/cart" className={buttonClass()}>
            {t.toCart}
          </Link>
        </ResultCard>
      );
    case 'late':
      return (
        <ResultCard title={t.lateTitle} body={t.lateBody}>
          <Button onClick={() => setOpened(true)}>{t.toOrder}</Button>
        </ResultCard>
      );
    default:
      return <ResultCard title={t.checkingTitle} body={t.checkingBody} isBusy />;
  }
}

function Failed({ payment }: { payment: PaymentDetail }) {
  const t = useTexts(texts);
  const declines = useTexts(declineTexts);
  return (
    <ResultCard title={t.failedTitle} body={declineText(declines, payment.failure_code)}>
      <PayAgain payment={payment} text={t.payAgain} kind="primary" />
    </ResultCard>
  );
}

interface PayAgainProps {
  payment: PaymentDetail;
  text: string;
  kind: 'primary' | 'secondary';
}

/** The same checkout, and the same payment. */
function PayAgain({ payment, text, kind }: PayAgainProps) {
  return (
    <Link to="/checkout" search={{ checkout: payment.checkout_id }} className={buttonClass(kind)}>
      {text}
    </Link>
  );
}
