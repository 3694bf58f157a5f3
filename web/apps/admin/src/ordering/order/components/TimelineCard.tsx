import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link } from '@tanstack/react-router';
import { texts as listTexts } from '../../texts.ts';
import type { Order, OrderStatus } from '../queries.ts';
import { texts } from '../texts.ts';

type Entry = Order['timeline'][number];

/** All that happened, the latest first. */
export function TimelineCard({ order }: { order: Order }) {
  const t = useTexts(texts);
  return (
    <Card title={t.timeline}>
      <ol className="space-y-3 text-sm">
        {[...order.timeline].reverse().map((entry) => (
          <TimelineRow
            key={`${entry.created_at} ${entry.kind} ${entry.status} ${entry.reference}`}
            entry={entry}
            currency={order.currency}
          />
        ))}
      </ol>
    </Card>
  );
}

function TimelineRow({ entry, currency }: { entry: Entry; currency: string }) {
  const t = useTexts(texts);
  const actor = useActor(entry.actor);
  return (
    <li className="border-l-2 border-line pl-3">
      <p>
        <Happening entry={entry} />
        {entry.amount !== null && (
          <>
            {' '}
            <Money amount={entry.amount} currency={currency} />
          </>
        )}
      </p>
      {entry.reason && <p className="break-words text-muted">{t.refundReasons[entry.reason] ?? entry.reason}</p>}
      <p className="text-xs text-muted">
        <Moment instant={entry.created_at} /> · {actor}
      </p>
    </li>
  );
}

function Happening({ entry: { kind, status, reference } }: { entry: Entry }) {
  const t = useTexts(texts);
  const { statuses } = useTexts(listTexts);
  if (kind === 'shipment') return t.entry.shipment(status);
  if (kind === 'return' && reference) {
    return (
      <Link to="/returns/$id" params={{ id: reference }} className="text-brand underline underline-offset-4">
        {t.entry.return(t.returnStatuses[status] ?? status)}
      </Link>
    );
  }
  if (kind === 'refund') return t.entry.refund(t.refundStatuses[status] ?? status);
  return statuses[status as OrderStatus] ?? status;
}

/** `admin:<id>` in words: oneself, or another of staff. */
function useActor(actor: string): string {
  const t = useTexts(texts);
  const state = useSessionState();
  const [kind = '', id] = actor.split(':');
  if (id && state.status === 'signed-in' && state.user?.id === id) return t.you;
  return [t.actors[kind] ?? kind, id?.slice(-6)].filter(Boolean).join(' ');
}
