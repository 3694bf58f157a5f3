import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { type Dispute, disputesQuery, PAGE_SIZE } from '../queries.ts';
import { DISPUTE_STATES, parseDisputesSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** What banks ask back, the latest first. */
export function DisputesPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/disputes' });
  const navigate = useNavigate({ from: '/disputes' });
  const options = useMemo(() => disputesQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListRoom
      name="disputes"
      title={t.disputes}
      lead={t.disputesLead}
      filters={[
        {
          name: 'status',
          label: t.status,
          kind: 'choice',
          options: DISPUTE_STATES.map((value) => ({ value, label: t.disputeStates[value] ?? value })),
        },
      ]}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/disputes', search: parseDisputesSearch(values), resetScroll: false })}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Dispute>[] {
  return [
    {
      id: 'reason',
      title: t.reason,
      isRowHeader: true,
      cell: ({ id, reason }) => (
        <Link to="/disputes/$id" params={{ id }} className="hover:underline">
          {t.disputeReasons[reason] ?? reason}
        </Link>
      ),
      plain: ({ reason }) => reason,
    },
    {
      id: 'amount',
      title: t.amount,
      align: 'right',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      plain: ({ amount, currency }) => `${amount} ${currency}`,
    },
    {
      id: 'due',
      title: t.due,
      className: 'whitespace-nowrap',
      cell: ({ evidence_due_at }) => (evidence_due_at ? <Moment instant={evidence_due_at} /> : '–'),
      plain: ({ evidence_due_at }) => evidence_due_at ?? '',
    },
    {
      id: 'opened',
      title: t.opened,
      optional: 'shown',
      className: 'whitespace-nowrap',
      cell: ({ opened_at }) => <Moment instant={opened_at} />,
      plain: ({ opened_at }) => opened_at,
    },
    {
      id: 'status',
      title: t.status,
      cell: ({ status, closed_at }) => (
        <Mark tone={closed_at ? 'plain' : 'warn'}>{t.disputeStates[status] ?? status}</Mark>
      ),
      plain: ({ status }) => status,
    },
  ];
}
