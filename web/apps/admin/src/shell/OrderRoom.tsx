import { Can } from '@sharestack/session/context.tsx';
import { OrderPage } from '../ordering/order/pages/OrderPage.tsx';
import { AttemptsCard } from '../payments/components/AttemptsCard.tsx';

/** An order, and how attempts to pay it were judged. */
export function OrderRoom() {
  return (
    <OrderPage>
      {(order) => (
        <Can permission="payments:read_all">
          <AttemptsCard checkoutId={order.checkout_id} />
        </Can>
      )}
    </OrderPage>
  );
}
