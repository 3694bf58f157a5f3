import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { lazyRouteComponent } from '@tanstack/react-router';
import { Suspense } from 'react';
import type { Cart } from '../../queries.ts';
import { SummaryCard } from './SummaryCard.tsx';

const CouponForm = lazyRouteComponent(() => import('../../components/CouponForm.tsx'), 'CouponForm');

interface Props {
  cart: Cart;
  /** At the place that is filled in, delivered the cheapest way. */
  estimate: Cart | undefined;
  rateId: string | null;
}

/** The cart while contact and delivery are filled in: its total is an estimate until then. */
export function CartSummaryCard({ cart, estimate, rateId }: Props) {
  const shown = estimate ?? cart;
  const [cheapest] = shown.shipping_quotes;
  const chosen = shown.shipping_quotes.find(({ rate_id }) => rate_id === rateId);
  const dearer = chosen && cheapest ? chosen.amount - cheapest.amount : 0;
  const isShippingKnown = shown.shipping_state === 'quoted' || shown.shipping_state === 'free';
  return (
    <SummaryCard
      lines={cart.items.map((item) => ({
        id: item.id,
        name: item.name,
        variantTitle: item.variant_title,
        quantity: item.quantity,
        amount: item.amount,
        imageUrl: item.image_url,
      }))}
      amounts={{
        currency: cart.currency ?? 'USD',
        subtotal: shown.subtotal_amount,
        discount: shown.discount_amount,
        shipping: isShippingKnown ? shown.shipping_amount + dearer : null,
        tax: shown.is_tax_known ? shown.tax_amount : null,
        total: shown.total_amount + dearer,
        isTaxIncluded: shown.prices_include_tax,
        needsShipping: shown.shipping_state !== 'not_needed',
        isEstimate: true,
      }}
    >
      <Suspense fallback={<Skeleton className="h-17" />}>
        <CouponForm cart={cart} />
      </Suspense>
    </SummaryCard>
  );
}
