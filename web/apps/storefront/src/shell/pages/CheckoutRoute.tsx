import { lazyRouteComponent } from '@tanstack/react-router';
import { cartToken } from '../../ordering/cartToken.ts';
import { CheckoutPage } from '../../ordering/pages/CheckoutPage.tsx';

const PayCheckout = lazyRouteComponent(() => import('../../payments/components/PayCheckout.tsx'), 'PayCheckout');

/** A checkout, and the payment of it: two contexts, put together here. */
export function CheckoutRoute() {
  return <CheckoutPage pay={(checkout) => <PayCheckout {...checkout} guestToken={cartToken()} />} />;
}
