import { useSessionState } from '@sharestack/session/context.tsx';
import { cartToken } from '../../ordering/cartToken.ts';
import { OpeningOrder } from '../../ordering/checkout/components/OpeningOrder.tsx';
import { PaymentResultPage } from '../../payments/pages/PaymentResultPage.tsx';

/** What became of a payment, and the order that it paid. */
export function CheckoutReturnRoute() {
  // Whose payment it is can be asked for once it is known who is signed in.
  if (useSessionState().status === 'unknown') return null;
  return (
    <PaymentResultPage
      guestToken={cartToken()}
      order={(checkoutId) => <OpeningOrder key={checkoutId} checkoutId={checkoutId} />}
    />
  );
}
