import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { OrderRow } from '../components/OrderRow.tsx';
import { StatusFilter } from '../components/StatusFilter.tsx';
import { listTexts } from '../listTexts.ts';
import { ordersQuery } from '../queries.ts';

const route = getRouteApi('/account/orders');

/** All orders of one's own, page by page. */
export function OrdersPage() {
  const t = useTexts(listTexts);
  const { status } = route.useSearch();
  const session = useSessionState();
  const list = useGrowingList(ordersQuery(useApi(), status), session.status === 'signed-in');
  return (
    <>
      <PageHead title={t.orders} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.orders}
      </h1>
      <p className="mt-1 text-muted">{t.ordersLead}</p>
      <StatusFilter />
      <div className="mt-6">
        <MoreList {...list} empty={status ? <NoSuchOrders /> : <NoOrders />}>
          {(order) => <OrderRow key={order.id} order={order} />}
        </MoreList>
      </div>
    </>
  );
}

function NoOrders() {
  const t = useTexts(listTexts);
  return (
    <EmptyState title={t.noOrdersTitle} body={t.noOrdersBody}>
      <Link to="/search" className={buttonClass()}>
        {t.goShopping}
      </Link>
    </EmptyState>
  );
}

function NoSuchOrders() {
  const t = useTexts(listTexts);
  return (
    <EmptyState title={t.noSuchOrders}>
      <Link to="/account/orders" className={buttonClass('secondary')}>
        {t.showAll}
      </Link>
    </EmptyState>
  );
}
