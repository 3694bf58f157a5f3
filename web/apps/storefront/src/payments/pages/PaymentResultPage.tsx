import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi } from '@tanstack/react-router';
import { MissingPayment } from '../components/MissingPayment.tsx';
import { PaymentResult, type RenderOrder } from '../components/PaymentResult.tsx';
import { texts } from '../texts.ts';

const route = getRouteApi('/checkout/return');

/** Where banks, wallets and our own form lead to after paying. */
export function PaymentResultPage({ guestToken, order }: { guestToken: string | null; order: RenderOrder }) {
  const t = useTexts(texts);
  const { payment } = route.useSearch();
  return (
    <div className="page pt-10">
      <PageHead title={t.resultTitle} isIndexed={false} />
      <h1 tabIndex={-1} className="sr-only">
        {t.resultTitle}
      </h1>
      {payment ? (
        <PaymentResult key={payment} id={payment} guestToken={guestToken} order={order} />
      ) : (
        <MissingPayment />
      )}
    </div>
  );
}
