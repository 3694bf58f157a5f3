import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useState } from 'react';
import type { Order, OrderStatus } from '../queries.ts';
import { texts } from '../texts.ts';
import { StatusDialog } from './StatusDialog.tsx';

/** Where the order can be moved to from where it is: the API says what is possible. */
export function StatusMoves({ order }: { order: Order }) {
  const t = useTexts(texts);
  const [move, setMove] = useState<OrderStatus | null>(null);
  return (
    <Can permission="orders:write">
      {order.moves.map((to) => (
        <Button
          key={to}
          kind={to === 'cancelled' ? 'danger' : 'secondary'}
          className="sm:min-h-9 sm:px-3 sm:text-sm"
          onClick={() => setMove(to)}
        >
          {t.moves[to] ?? to}
        </Button>
      ))}
      {move && <StatusDialog order={order} move={move} onClose={() => setMove(null)} />}
    </Can>
  );
}
