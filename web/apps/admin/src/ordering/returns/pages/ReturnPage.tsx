import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { RoomHead } from '@sharestack/console/RoomHead.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { DecideForm } from '../components/DecideForm.tsx';
import { ReceiveForm } from '../components/ReceiveForm.tsx';
import { ReturnMark } from '../components/ReturnMark.tsx';
import { orderLinesQuery, type Return, returnQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** One return: what comes back and why, and the next step. */
export function ReturnPage() {
  const t = useTexts(texts);
  const { id } = useParams({ from: '/returns/$id' });
  const query = useQuery(returnQuery(useApi(), id));
  return (
    <div className="space-y-5">
      <RoomHead
        title={query.data ? t.returnOf(query.data.order_number) : t.title}
        back={{ to: '/returns', label: t.title }}
      />
      <Loaded query={query}>{(one) => <Parts one={one} />}</Loaded>
    </div>
  );
}

function Parts({ one }: { one: Return }) {
  const t = useTexts(texts);
  const { data: names } = useQuery(orderLinesQuery(useApi(), one.order_id));
  const nameOf = (id: string) => names?.get(id) ?? t.line;
  return (
    <div className="grid grid-cols-1 items-start gap-5 lg:grid-cols-2">
      <Card title={t.whatComesBack} aside={<ReturnMark status={one.status} />}>
        <ul className="mb-4 divide-y divide-line text-sm">
          {one.lines.map((line) => (
            <li key={line.order_item_id} className="flex justify-between gap-4 py-1.5">
              <bdi>
                {line.quantity} × {nameOf(line.order_item_id)}
              </bdi>
              <span className="text-muted">{t.reasons[line.reason]}</span>
            </li>
          ))}
        </ul>
        <Facts
          facts={[
            [t.customerNote, one.note],
            [t.when, <Moment key="when" instant={one.created_at} />],
            [t.decidedAt, one.decided_at && <Moment instant={one.decided_at} />],
            [t.decisionNote, one.decision_note],
            [t.receivedAt, one.received_at && <Moment instant={one.received_at} />],
          ]}
        />
        <Link
          to="/orders/$id"
          params={{ id: one.order_id }}
          className="mt-3 inline-flex min-h-11 items-center text-sm text-brand underline underline-offset-4 sm:min-h-6"
        >
          {t.toOrder}
        </Link>
      </Card>
      <Can permission="orders:write">
        {one.status === 'requested' && <DecideForm key={one.version} one={one} />}
        {one.status === 'approved' && <ReceiveForm one={one} nameOf={nameOf} />}
      </Can>
    </div>
  );
}
