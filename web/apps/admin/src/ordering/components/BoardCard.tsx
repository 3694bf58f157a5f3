import { useApi } from '@sharestack/api/context.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Day } from '@sharestack/ui/Day.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import { canMove, MOVES } from '../moves.ts';
import { type Move, moveOrders, ORDERS_CHANGE, type OrderRow } from '../queries.ts';
import { texts } from '../texts.ts';

/** An order on the board, and where it can go from here. */
export function BoardCard({ row, onMoved }: { row: OrderRow; onMoved: () => void }) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const { run, isPending } = useAction<Move, Awaited<ReturnType<typeof moveOrders>>>({
    act: (to, key) => moveOrders(api, [row.id], to, key),
    changes: ORDERS_CHANGE,
    done: null,
    onDone: ([result], to) => {
      if (result?.outcome === 'refused') return notify(t.problems[result.code ?? ''] ?? result.detail ?? t.notMoved);
      notify(t.moved(row.number, t.statuses[to]));
      onMoved();
    },
  });
  return (
    <li aria-busy={isPending || undefined} className="rounded-control border border-line bg-surface p-3 text-sm">
      <div className="flex flex-wrap justify-between gap-x-2">
        <Link
          to="/orders/$id"
          params={{ id: row.id }}
          className="inline-flex min-h-11 items-center font-medium text-brand underline-offset-4 hover:underline sm:min-h-6"
        >
          {row.number}
        </Link>
        <Money amount={row.total_amount} currency={row.currency} />
      </div>
      <p className="truncate text-muted">
        <bdi>{row.email}</bdi>
      </p>
      <p className="text-xs text-muted">
        <Day instant={row.created_at} />
      </p>
      <Can permission="orders:write">
        <div className="mt-1 flex flex-wrap gap-x-3">
          {MOVES.filter((to) => canMove(row, to)).map((to) => (
            <button
              key={to}
              type="button"
              className="inline-flex min-h-11 items-center text-brand underline-offset-4 hover:underline sm:min-h-8"
              onClick={() => run(to)}
            >
              {t.moves[to]}
              <span className="sr-only">: {row.number}</span>
            </button>
          ))}
        </div>
      </Can>
    </li>
  );
}
