import { useCart } from '../../useCart.ts';
import type { Checkout } from '../queries.ts';
import { SummaryCard } from './SummaryCard.tsx';

/** What is paid: the checkout's own amounts. Pictures are the cart's, as long as it still has the lines. */
export function CheckoutSummaryCard({ checkout }: { checkout: Checkout }) {
  const { data: cart } = useCart();
  const imageOf = (variantId: string) =>
    cart?.items.find(({ variant_id }) => variant_id === variantId)?.image_url ?? null;
  return (
    <SummaryCard
      lines={checkout.lines.map((line) => ({
        id: line.variant_id,
        name: line.name,
        variantTitle: line.variant_title,
        quantity: line.quantity,
        amount: line.amount,
        imageUrl: imageOf(line.variant_id),
      }))}
      amounts={{
        currency: checkout.currency,
        subtotal: checkout.subtotal_amount,
        discount: checkout.discount_amount,
        shipping: checkout.shipping_amount,
        tax: checkout.tax_amount,
        total: checkout.total_amount,
        isTaxIncluded: checkout.prices_include_tax,
        needsShipping: checkout.shipping_method !== null || checkout.shipping_address !== null,
        isEstimate: false,
      }}
    />
  );
}
