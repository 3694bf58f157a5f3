import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { Printer } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { cartToken } from '../../cartToken.ts';
import { isCancellable, isPayable } from '../orderState.ts';
import type { Order, OrderAccess } from '../queries.ts';
import { orderTexts } from '../texts.ts';
import { BuyAgain } from './BuyAgain.tsx';

const CancelDialog = lazy(() => import('./CancelDialog.tsx').then(({ CancelDialog }) => ({ default: CancelDialog })));

/** What can be done with an order as a whole. */
export function OrderActions({ order, access }: { order: Order; access: OrderAccess }) {
  const t = useTexts(orderTexts);
  // A guest's payment is opened by the cart that was checked out, which is in the browser that did it.
  const canPay = access.token === undefined || cartToken() !== null;
  const [isCancelling, setCancelling] = useState(false);
  return (
    <div className="mt-5 print:hidden">
      <div className="flex flex-wrap gap-3">
        {isPayable(order, Date.now()) && canPay && (
          <Link to="/checkout" search={{ checkout: order.checkout_id }} className={buttonClass()}>
            {t.payNow}
          </Link>
        )}
        {order.status !== 'pending' && <BuyAgain items={order.items} />}
        <Button kind="secondary" onClick={() => window.print()}>
          <Printer className="size-4" aria-hidden="true" />
          {t.print}
        </Button>
        {isCancellable(order) && (
          <Button kind="quiet" className="text-danger" onClick={() => setCancelling(true)}>
            {t.cancel}
          </Button>
        )}
      </div>
      <Suspense fallback={null}>
        {isCancelling && <CancelDialog order={order} access={access} onClose={() => setCancelling(false)} />}
      </Suspense>
    </div>
  );
}
