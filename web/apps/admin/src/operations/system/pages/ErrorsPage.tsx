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
import { errorsQuery, type LoggedError, PAGE_SIZE } from '../queries.ts';
import { parseErrorsSearch, SOURCES } from '../search.ts';
import { texts } from '../texts.ts';

/** What went wrong, the latest first. */
export function ErrorsPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/errors' });
  const navigate = useNavigate({ from: '/errors' });
  const options = useMemo(() => errorsQuery(api, search), [api, search]);
  const columns = useMemo(() => columnsOf(t), [t]);
  const filters: Filter[] = [
    {
      name: 'status',
      label: t.status,
      kind: 'choice',
      options: (['open', 'resolved'] as const).map((value) => ({ value, label: t.states[value] })),
    },
    {
      name: 'source',
      label: t.source,
      kind: 'choice',
      options: SOURCES.map((value) => ({ value, label: t.sources[value] })),
    },
    { name: 'function', label: t.function, kind: 'text', maxLength: 100 },
  ];
  return (
    <ListRoom
      name="errors"
      title={t.errors}
      lead={t.errorsLead}
      filters={filters}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/errors', search: parseErrorsSearch(values), resetScroll: false })}
      columns={columns}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={{ none: t.noErrors, noneBody: t.noErrorsBody, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
    />
  );
}

function columnsOf(t: (typeof texts)['en']): Column<LoggedError>[] {
  return [
    {
      id: 'message',
      title: t.message,
      isRowHeader: true,
      className: 'max-w-96',
      cell: ({ id, error_type, message }) => (
        <Link to="/errors/$id" params={{ id }} className="block truncate hover:underline">
          {error_type} <span className="font-normal text-muted">{message}</span>
        </Link>
      ),
      plain: ({ error_type, message }) => `${error_type}: ${message}`,
    },
    {
      id: 'function',
      title: t.functionName,
      className: 'max-w-56 truncate',
      cell: (row) => row.function,
      plain: (row) => row.function,
    },
    {
      id: 'source',
      title: t.source,
      optional: 'shown',
      cell: ({ source }) => t.sources[source],
      plain: ({ source }) => t.sources[source],
    },
    {
      id: 'times',
      title: t.times,
      align: 'right',
      cell: ({ occurrences }) => occurrences,
      plain: ({ occurrences }) => occurrences,
    },
    {
      id: 'last',
      title: t.last,
      className: 'whitespace-nowrap',
      cell: ({ last_seen_at }) => <Moment instant={last_seen_at} />,
      plain: ({ last_seen_at }) => last_seen_at,
    },
    {
      id: 'status',
      title: t.status,
      cell: ({ status, level }) => (
        <Mark tone={status === 'resolved' ? 'good' : level === 'error' ? 'bad' : 'warn'}>{t.states[status]}</Mark>
      ),
      plain: ({ status }) => t.states[status],
    },
  ];
}
