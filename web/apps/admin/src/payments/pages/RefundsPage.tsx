import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { RefundMark } from '../components/RefundMark.tsx';
import { PAGE_SIZE, type Refund, refundsQuery } from '../queries.ts';
import { parseRefundsSearch, REFUND_STATES } from '../search.ts';
import { texts } from '../texts.ts';

/** What was given back, the newest first. One that failed counts as not given back. */
export function RefundsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/refunds' });
  const navigate = useNavigate({ from: '/refunds' });
  const options = useMemo(() => refundsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListRoom
      name="refunds"
      title={t.refunds}
      filters={[
        {
          name: 'status',
          label: t.status,
          kind: 'choice',
          options: REFUND_STATES.map((value) => ({ value, label: t.refundStates[value] ?? value })),
        },
      ]}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/refunds', search: parseRefundsSearch(values), resetScroll: false })}
      chosen={{ customer: t.customer }}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Refund>[] {
  return [
    {
      id: 'when',
      title: t.when,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: ({ payment_id, created_at }) => (
        <Link to="/payments/$id" params={{ id: payment_id }} className="hover:underline">
          <Moment instant={created_at} />
        </Link>
      ),
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'amount',
      title: t.amount,
      align: 'right',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
      plain: ({ amount, currency }) => `${amount} ${currency}`,
    },
    {
      id: 'reason',
      title: t.reason,
      cell: ({ reason }) => t.reasons[reason] ?? reason,
      plain: ({ reason }) => reason,
    },
    {
      id: 'note',
      title: t.note,
      optional: 'shown',
      className: 'max-w-72 truncate',
      cell: ({ note }) => <bdi>{note ?? '–'}</bdi>,
      plain: ({ note }) => note ?? '',
    },
    { id: 'by', title: t.by, optional: 'hidden', cell: ({ actor }) => actor, plain: ({ actor }) => actor },
    {
      id: 'status',
      title: t.status,
      cell: ({ status }) => <RefundMark status={status} />,
      plain: ({ status }) => t.refundStates[status] ?? status,
    },
  ];
}
