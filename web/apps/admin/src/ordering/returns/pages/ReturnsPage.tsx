import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { ReturnMark } from '../components/ReturnMark.tsx';
import { PAGE_SIZE, type Return, returnsQuery } from '../queries.ts';
import { parseReturnsSearch, RETURN_STATES } from '../search.ts';
import { texts } from '../texts.ts';

/** What customers want to send back, the newest first. */
export function ReturnsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/returns' });
  const navigate = useNavigate({ from: '/returns' });
  const options = useMemo(() => returnsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListRoom
      name="returns"
      title={t.title}
      lead={t.lead}
      filters={[
        {
          name: 'status',
          label: t.status,
          kind: 'choice',
          options: RETURN_STATES.map((value) => ({ value, label: t.states[value] })),
        },
      ]}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/returns', search: parseReturnsSearch(values), resetScroll: false })}
      chosen={{ customer: t.customer }}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Return>[] {
  const pieces = ({ lines }: Return) => lines.reduce((sum, { quantity }) => sum + quantity, 0);
  return [
    {
      id: 'order',
      title: t.order,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: ({ id, order_number }) => (
        <Link to="/returns/$id" params={{ id }} className="hover:underline">
          {order_number}
        </Link>
      ),
      plain: ({ order_number }) => order_number,
    },
    { id: 'pieces', title: t.pieces, align: 'right', cell: pieces, plain: pieces },
    {
      id: 'status',
      title: t.status,
      cell: ({ status }) => <ReturnMark status={status} />,
      plain: ({ status }) => t.states[status],
    },
    {
      id: 'when',
      title: t.when,
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
  ];
}
