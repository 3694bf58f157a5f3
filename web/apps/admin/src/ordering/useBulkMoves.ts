import { useApi } from '@sharestack/api/context.tsx';
import type { BulkAction } from '@sharestack/console/BulkBar.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { canMove, MOVES } from './moves.ts';
import { moveOrders, type OrderRow } from './queries.ts';
import { texts } from './texts.ts';

/** What can be done to several orders: those that cannot go there are left out before the API is asked. */
export function useBulkMoves(): BulkAction<OrderRow>[] {
  const t = useTexts(texts);
  const api = useApi();
  return MOVES.map((to) => ({
    name: to,
    label: t.moves[to],
    words: t.problems,
    preview: (row) => (canMove(row, to) ? `${t.statuses[row.status]} → ${t.statuses[to]}` : null),
    run: (rows, key) => {
      const ids = rows.filter((row) => canMove(row, to)).map(({ id }) => id);
      return moveOrders(api, ids, to, key);
    },
  }));
}
