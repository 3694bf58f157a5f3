import { ProductPage } from '../../catalog/pages/ProductPage.tsx';
import { AddToCart } from '../../ordering/components/AddToCart.tsx';

/** A product, and the cart that it goes into: two contexts, put together here. */
export function ProductRoute() {
  return (
    <ProductPage
      buy={({ id, stock_state, available }) => (
        <AddToCart key={id} variantId={id} isOut={stock_state === 'out'} available={available} />
      )}
    />
  );
}
