import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useCaseColumns } from '../components/caseColumns.tsx';
import { choices } from '../components/choices.ts';
import { casesQuery, PAGE_SIZE } from '../queries.ts';
import { CASE_STATES, parseCasesSearch, REASONS, TARGETS } from '../search.ts';
import { texts } from '../texts.ts';

/** What is reported, by what it is about: open cases, the oldest first, unless one chooses otherwise. */
export function CasesPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/reports' });
  const navigate = useNavigate({ from: '/reports' });
  const options = useMemo(() => casesQuery(api, search), [api, search]);
  return (
    <ListRoom
      name="reports"
      title={t.cases}
      lead={t.casesLead}
      filters={filters(t)}
      search={{ ...search }}
      onSearch={(values) => void navigate({ to: '/reports', search: parseCasesSearch(values), resetScroll: false })}
      columns={useCaseColumns()}
      keyOf={({ id }) => id}
      query={useRows(options)}
      pageSize={PAGE_SIZE}
      empty={{ none: t.noCases, noneBody: t.noCasesBody, noMatch: t.noMatch, noMatchBody: t.noMatchBody }}
    />
  );
}

function filters(t: (typeof texts)['en']): Filter[] {
  return [
    { name: 'status', label: t.status, kind: 'choice', options: choices(CASE_STATES, t.states) },
    { name: 'target', label: t.target, kind: 'choice', options: choices(TARGETS, t.targets) },
    { name: 'reason', label: t.reason, kind: 'choice', options: choices(REASONS, t.reasons) },
    {
      name: 'claimed',
      label: t.claimed,
      kind: 'choice',
      options: choices(['mine', 'nobody'], { mine: t.mine, nobody: t.nobody }),
    },
    {
      name: 'screened',
      label: t.screened,
      kind: 'choice',
      options: choices(['true', 'false'], { true: t.byRule, false: t.byPeople }),
    },
    { name: 'sort', label: t.sort, kind: 'choice', options: choices(['oldest', 'newest', '-reports'], t.sorts) },
  ];
}
