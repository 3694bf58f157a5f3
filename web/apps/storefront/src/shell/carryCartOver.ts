import type { Api } from '@sharestack/api/client.ts';
import type { Session } from '@sharestack/session/session.ts';
import type { QueryClient } from '@tanstack/react-query';
import { CART_KEY, mergeGuestCart } from '../ordering/queries.ts';

/** When somebody signs in, their guest's cart joins their own; when they leave, nothing of it stays on the page. */
export function carryCartOver(session: Session, api: Api, queryClient: QueryClient): void {
  let before = session.state.status;
  session.subscribe(() => {
    const now = session.state.status;
    if (now === before) return;
    const hadSomebody = before === 'signed-in';
    before = now;
    if (now === 'signed-in') {
      // Where it fails the guest's token is kept, and the next sign-in or page tries again.
      void mergeGuestCart(api)
        .catch(() => null)
        .then((merged) => merged && queryClient.invalidateQueries({ queryKey: CART_KEY }));
    } else if (hadSomebody) {
      queryClient.removeQueries({ queryKey: CART_KEY });
    }
  });
}
