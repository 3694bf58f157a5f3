import { WishlistPage } from '../../catalog/pages/WishlistPage.tsx';
import { MoveToCart } from '../../ordering/components/MoveToCart.tsx';

/** Wishes, and the cart that they go into: two contexts, put together here. */
export function WishlistRoute() {
  return <WishlistPage move={(wish, onMoved) => <MoveToCart {...wish} onMoved={onMoved} />} />;
}
