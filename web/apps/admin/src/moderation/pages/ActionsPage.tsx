import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { choices } from '../components/choices.ts';
import { type Action, actionsQuery, PAGE_SIZE } from '../queries.ts';
import { ACTIONS, parseActionsSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** What moderators did, the newest first: sanctions in force among them. */
export function ActionsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/moderation' });
  const navigate = useNavigate({ from: '/moderation' });
  const options = useMemo(() => actionsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const filters: Filter[] = [
    { name: 'kind', label: t.kind, kind: 'choice', options: choices(ACTIONS, t.kinds) },
    { name: 'user', label: t.user, kind: 'text', maxLength: 36 },
    { name: 'moderator', label: t.moderatorId, kind: 'text', maxLength: 36 },
  ];
  return (
    <ListRoom
      name="moderation"
      title={t.actions}
      filters={filters}
      search={{ ...search }}
      onSearch={(values) =>
        void navigate({ to: '/moderation', search: parseActionsSearch(values), resetScroll: false })
      }
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={{ none: t.noActions, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<Action>[] {
  return [
    {
      id: 'kind',
      title: t.kind,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: (row) =>
        row.case_id ? (
          <Link to="/reports/$id" params={{ id: row.case_id }} className="hover:underline">
            {t.kinds[row.kind]}
          </Link>
        ) : (
          t.kinds[row.kind]
        ),
      plain: (row) => t.kinds[row.kind],
    },
    {
      id: 'target',
      title: t.target,
      cell: (row) => t.targets[row.target.kind] ?? row.target.kind,
      plain: (row) => row.target.kind,
    },
    {
      id: 'reason',
      title: t.reasonLabel,
      className: 'max-w-80 truncate',
      cell: (row) => <bdi>{row.reason}</bdi>,
      plain: (row) => row.reason,
    },
    {
      id: 'when',
      title: t.when,
      className: 'whitespace-nowrap',
      cell: (row) => <Moment instant={row.created_at} />,
      plain: (row) => row.created_at,
    },
    {
      id: 'until',
      title: t.until,
      className: 'whitespace-nowrap',
      cell: (row) => (row.undone_at ? t.undone : row.ends_at ? <Moment instant={row.ends_at} /> : '–'),
      plain: (row) => row.ends_at ?? '',
    },
    {
      id: 'person',
      title: t.person,
      optional: 'hidden',
      cell: (row) => row.user_id ?? '–',
      plain: (row) => row.user_id ?? '',
    },
    {
      id: 'moderator',
      title: t.moderator,
      optional: 'hidden',
      cell: (row) => row.moderator_id ?? '–',
      plain: (row) => row.moderator_id ?? '',
    },
  ];
}
