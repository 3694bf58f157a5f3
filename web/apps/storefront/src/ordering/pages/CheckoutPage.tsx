import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, lazyRouteComponent } from '@tanstack/react-router';
import { Suspense, useEffect } from 'react';
import { CheckoutSkeleton } from '../checkout/components/CheckoutSkeleton.tsx';
import type { RenderPayment } from '../checkout/components/PayStep.tsx';
import { texts } from '../checkout/texts.ts';

const route = getRouteApi('/checkout');
// Each step comes alone: who pays needs no form of an address.
const DetailsStep = lazyRouteComponent(() => import('../checkout/components/DetailsStep.tsx'), 'DetailsStep');
const PayStep = lazyRouteComponent(() => import('../checkout/components/PayStep.tsx'), 'PayStep');

/** From the cart to a paid order. Which part it is stands in the address, so Back and reload do what they should. */
export function CheckoutPage({ pay }: { pay: RenderPayment }) {
  const t = useTexts(texts);
  const { checkout } = route.useSearch();
  // Somebody who fills in an address will want to pay: its part is there by then.
  useEffect(() => void PayStep.preload?.(), []);
  return (
    <div className="page pt-8">
      <PageHead title={t.checkout} isIndexed={false} />
      <h1 tabIndex={-1} className="mb-6 font-display text-3xl">
        {t.checkout}
      </h1>
      <Suspense fallback={<CheckoutSkeleton />}>
        {checkout ? <PayStep key={checkout} id={checkout} pay={pay} /> : <DetailsStep />}
      </Suspense>
    </div>
  );
}
