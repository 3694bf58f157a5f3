import { lazy, Suspense } from 'react';
import { hasArrived, hasFiles } from '../orderState.ts';
import type { OrderAccess, Order as OrderData } from '../queries.ts';
import { useOrderChanges } from '../useOrderChanges.ts';
import { OrderActions } from './OrderActions.tsx';
import { OrderAddress } from './OrderAddress.tsx';
import { OrderAmounts } from './OrderAmounts.tsx';
import { OrderDocuments } from './OrderDocuments.tsx';
import { OrderHeader } from './OrderHeader.tsx';
import { OrderHistory } from './OrderHistory.tsx';
import { OrderLines } from './OrderLines.tsx';
import { OrderPayment } from './OrderPayment.tsx';
import { OrderProgress } from './OrderProgress.tsx';

// Most orders have no files, and in their first days nothing that is under way or could be sent back.
const OrderDownloads = lazy(() =>
  import('./OrderDownloads.tsx').then(({ OrderDownloads }) => ({ default: OrderDownloads })),
);
const Parcels = lazy(() => import('./Parcels.tsx').then(({ Parcels }) => ({ default: Parcels })));
const OrderReturns = lazy(() => import('./OrderReturns.tsx').then(({ OrderReturns }) => ({ default: OrderReturns })));

/** All there is to know of an order and to do with it: the same for a customer and for a guest with a link. */
export function OrderView({ order, access }: { order: OrderData; access: OrderAccess }) {
  useOrderChanges(order, access);
  return (
    <article className="@container" aria-labelledby="order-title">
      <OrderHeader order={order} />
      <OrderActions order={order} access={access} />
      <div className="mt-8 grid grid-cols-1 gap-x-12 gap-y-10 @3xl:grid-cols-[minmax(0,1fr)_19rem] print:block print:space-y-6">
        <div className="min-w-0 space-y-10">
          <OrderProgress order={order} />
          <Suspense fallback={null}>{hasFiles(order) && <OrderDownloads access={access} />}</Suspense>
          <Suspense fallback={null}>{order.shipments.length > 0 && <Parcels order={order} />}</Suspense>
          <OrderLines order={order} />
          <Suspense fallback={null}>{hasArrived(order) && <OrderReturns order={order} access={access} />}</Suspense>
        </div>
        <div className="space-y-8 @3xl:border-l @3xl:border-line @3xl:pl-10 print:border-0 print:pl-0">
          <OrderAmounts order={order} />
          <OrderPayment order={order} />
          <OrderAddress order={order} />
          <OrderDocuments order={order} access={access} />
          <OrderHistory order={order} />
        </div>
      </div>
    </article>
  );
}
