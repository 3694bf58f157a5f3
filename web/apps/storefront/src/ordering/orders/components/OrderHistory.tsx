import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { ChevronDown } from 'lucide-react';
import type { Order } from '../queries.ts';
import { orderTexts } from '../texts.ts';

/** All that is recorded of an order, newest first, for who wants to know exactly. */
export function OrderHistory({ order }: { order: Order }) {
  const t = useTexts(orderTexts);
  return (
    <details className="group print:hidden">
      <summary className="flex min-h-11 items-center justify-between gap-2 font-medium">
        {t.history}
        <ChevronDown className="size-5 shrink-0 text-muted group-open:rotate-180" aria-hidden="true" />
      </summary>
      <ol className="mt-1 space-y-3 border-l border-line pl-4 text-sm">
        {order.timeline.toReversed().map((entry) => (
          <li key={`${entry.kind} ${entry.status} ${entry.reference ?? ''} ${entry.created_at}`}>
            <p>
              {t.events[entry.kind]?.[entry.status] ?? entry.status}
              {entry.amount !== null && (
                <>
                  {' '}
                  <Money amount={entry.amount} currency={order.currency} />
                </>
              )}
            </p>
            <p className="text-muted">
              <Moment instant={entry.created_at} />
              {t.actors[entry.actor] && ` · ${t.actors[entry.actor]}`}
            </p>
          </li>
        ))}
      </ol>
    </details>
  );
}
