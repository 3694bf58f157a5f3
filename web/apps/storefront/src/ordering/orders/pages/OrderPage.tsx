import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import { NoOrder } from '../components/NoOrder.tsx';
import { OrderContent } from '../components/OrderContent.tsx';
import { orderTexts } from '../texts.ts';

const route = getRouteApi('/account/orders/$id');

/** An order of one's own. */
export function OrderPage() {
  const t = useTexts(orderTexts);
  const { id } = route.useParams();
  const { status } = useSessionState();
  return (
    <>
      <PageHead title={t.order} isIndexed={false} />
      <Link
        to="/account/orders"
        className="-mt-2 mb-2 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink print:hidden"
      >
        <ChevronLeft className="size-4" aria-hidden="true" />
        {t.myOrders}
      </Link>
      <OrderContent
        access={{ id }}
        isReady={status === 'signed-in'}
        refused={() => (
          <NoOrder title={t.notYoursTitle} body={t.notYoursBody}>
            <Link to="/account/orders" className={buttonClass()}>
              {t.myOrders}
            </Link>
          </NoOrder>
        )}
      />
    </>
  );
}
