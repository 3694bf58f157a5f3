import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { PAGE_SIZE, type PersonRow, peopleQuery } from '../queries.ts';
import { parsePeopleSearch, ROLES } from '../search.ts';
import { texts } from '../texts.ts';

/** Everybody who has an account, customers and staff. */
export function PeoplePage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/customers' });
  const navigate = useNavigate({ from: '/customers' });
  const options = useMemo(() => peopleQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const filters: Filter[] = [
    { name: 'q', label: t.q, kind: 'text', maxLength: 100 },
    {
      name: 'role',
      label: t.role,
      kind: 'choice',
      options: ROLES.map((value) => ({ value, label: t.roles[value] })),
    },
    {
      name: 'active',
      label: t.status,
      kind: 'choice',
      options: [
        { value: 'true', label: t.active },
        { value: 'false', label: t.inactive },
      ],
    },
  ];
  return (
    <ListRoom
      name="customers"
      title={t.customers}
      lead={t.customersLead}
      filters={filters}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/customers', search: parsePeopleSearch(values), resetScroll: false })}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={t}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<PersonRow>[] {
  const roles = ({ roles: all }: PersonRow) => all.map((role) => t.roles[role]).join(', ');
  const state = ({ is_active, email_verified_at }: PersonRow) =>
    !is_active ? t.inactive : email_verified_at ? t.active : t.unverified;
  return [
    {
      id: 'name',
      title: t.name,
      isRowHeader: true,
      className: 'max-w-72 truncate',
      cell: ({ id, full_name }) => (
        <Link to="/customers/$id" params={{ id }} className="hover:underline">
          <bdi>{full_name || '–'}</bdi>
        </Link>
      ),
      plain: ({ full_name }) => full_name,
    },
    {
      id: 'email',
      title: t.email,
      className: 'max-w-72 truncate',
      cell: ({ email }) => <bdi title={email}>{email}</bdi>,
      plain: ({ email }) => email,
    },
    { id: 'roles', title: t.role, optional: 'shown', cell: roles, plain: roles },
    {
      id: 'status',
      title: t.status,
      cell: (row) => <Mark tone={!row.is_active ? 'bad' : row.email_verified_at ? 'good' : 'warn'}>{state(row)}</Mark>,
      plain: state,
    },
    {
      id: 'since',
      title: t.since,
      optional: 'shown',
      className: 'whitespace-nowrap',
      cell: ({ created_at }) => <Moment instant={created_at} precision="day" />,
      plain: ({ created_at }) => created_at,
    },
  ];
}
