import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { PaymentRow } from '../components/PaymentRow.tsx';
import { paymentsQuery } from '../queries.ts';
import { paymentTexts } from '../texts.ts';

/** All payments of one's own. */
export function PaymentsPage() {
  const t = useTexts(paymentTexts);
  const { status } = useSessionState();
  const list = useGrowingList(paymentsQuery(useApi()), status === 'signed-in');
  return (
    <>
      <PageHead title={t.payments} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.payments}
      </h1>
      <p className="mt-1 mb-6 text-muted">{t.paymentsLead}</p>
      <MoreList
        {...list}
        empty={
          <EmptyState title={t.noPaymentsTitle} body={t.noPaymentsBody}>
            <Link to="/search" className={buttonClass()}>
              {t.goShopping}
            </Link>
          </EmptyState>
        }
      >
        {(payment) => <PaymentRow key={payment.id} payment={payment} />}
      </MoreList>
    </>
  );
}
