import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useQueryClient } from '@tanstack/react-query';
import { removeItem, setQuantity } from '../../cart/queries.ts';
import { CART_KEY, type Cart } from '../../queries.ts';
import type { NewCheckout } from '../queries.ts';
import { useOnce } from '../useOnce.ts';
import { CartChanges } from './CartChanges.tsx';
import { RefusalText } from './RefusalText.tsx';
import { type Shortage, Shortages } from './Shortages.tsx';

interface Props {
  problem: ApiProblem;
  cart: Cart;
  onSubmit: (agreed: Partial<NewCheckout>) => Promise<void>;
}

/** Why the cart could not be checked out, and the way on where there is one. */
export function CheckoutRefusal({ problem, cart, onSubmit }: Props) {
  const api = useApi();
  const queryClient = useQueryClient();
  const adjust = useOnce(async (change: () => Promise<unknown>, agreed: Partial<NewCheckout>) => {
    await change().catch(() => undefined);
    await queryClient.invalidateQueries({ queryKey: CART_KEY });
    await onSubmit(agreed);
  });

  const accept = (unbuyable: readonly string[], total: number) =>
    adjust.run(
      () => Promise.all(unbuyable.map((id) => removeItem(api, id))),
      // The total that was agreed to; without what is taken out it is another one, which the next page tells.
      unbuyable.length > 0 ? { accept_changes: true } : { expected_total_amount: total },
    );

  const take = (shortages: readonly Shortage[]) =>
    adjust.run(async () => {
      for (const { variant_id, available } of shortages) {
        const item = cart.items.find((one) => one.variant_id === variant_id);
        if (item) await (available ? setQuantity(api, item.id, available) : removeItem(api, item.id));
      }
    }, {});

  if (problem.code === 'cart_changed') {
    return <CartChanges problem={problem} isBusy={adjust.isRunning} onAccept={(...all) => void accept(...all)} />;
  }
  if (problem.code === 'insufficient_stock' || problem.code === 'reservation_share_exceeded') {
    return (
      <Shortages problem={problem} cart={cart} isBusy={adjust.isRunning} onTake={(shortages) => void take(shortages)} />
    );
  }
  return <RefusalText problem={problem} />;
}
