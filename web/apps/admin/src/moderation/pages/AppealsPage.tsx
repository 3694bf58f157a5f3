import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { choices } from '../components/choices.ts';
import { type Appeal, appealsQuery, PAGE_SIZE } from '../queries.ts';
import { APPEAL_STATES, parseAppealsSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** Appeals against decisions; open ones, the oldest first. */
export function AppealsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/appeals' });
  const navigate = useNavigate({ from: '/appeals' });
  const options = useMemo(() => appealsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  return (
    <ListRoom
      name="appeals"
      title={t.appeals}
      lead={t.appealsLead}
      filters={[{ name: 'status', label: t.status, kind: 'choice', options: choices(APPEAL_STATES, t.appealStates) }]}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/appeals', search: parseAppealsSearch(values), resetScroll: false })}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={{ none: t.noAppeals, noneBody: t.noAppealsBody, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Appeal>[] {
  const name = ({ user }: Appeal) => user.username ?? t.formerUser;
  return [
    {
      id: 'text',
      title: t.appealText,
      isRowHeader: true,
      className: 'max-w-96',
      cell: (row) => (
        <Link to="/appeals/$id" params={{ id: row.id }} className="block truncate hover:underline">
          <bdi>{row.text}</bdi>
        </Link>
      ),
      plain: ({ text }) => text,
    },
    {
      id: 'who',
      title: t.appellant,
      className: 'max-w-40 truncate',
      cell: (row) => <bdi>{name(row)}</bdi>,
      plain: name,
    },
    {
      id: 'about',
      title: t.about,
      cell: ({ action }) => t.kinds[action.kind],
      plain: ({ action }) => t.kinds[action.kind],
    },
    {
      id: 'when',
      title: t.when,
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'status',
      title: t.status,
      cell: ({ status }) => (
        <Mark tone={status === 'open' ? 'warn' : status === 'accepted' ? 'good' : 'plain'}>
          {t.appealStates[status]}
        </Mark>
      ),
      plain: ({ status }) => t.appealStates[status],
    },
  ];
}
