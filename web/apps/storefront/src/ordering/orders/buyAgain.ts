import type { Api } from '@sharestack/api/client.ts';
import { asProblem } from '@sharestack/api/problem.ts';
import { addToCart, type Cart } from '../queries.ts';
import type { OrderItem } from './queries.ts';

export interface BoughtAgain {
  added: number;
  refused: { item: OrderItem; code: string }[];
}

/**
 * One line after the other, because each changes the cart. What a line is refused for does not keep the others out; a
 * lost connection or a limit does, and is thrown.
 */
export async function buyAgain(
  api: Api,
  items: readonly OrderItem[],
  keep: (cart: Cart) => void,
): Promise<BoughtAgain> {
  const bought: BoughtAgain = { added: 0, refused: [] };
  for (const item of items) {
    try {
      keep(await addToCart(api, item.variant_id, item.quantity));
      bought.added += 1;
    } catch (error) {
      const problem = asProblem(error);
      if (problem.status !== 404 && problem.status !== 409) throw problem;
      bought.refused.push({ item, code: problem.code });
    }
  }
  return bought;
}
