import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { DecisionMark } from '../components/DecisionMark.tsx';
import { ReviewDialog } from '../components/ReviewDialog.tsx';
import { type FraudDecision, fraudQuery, PAGE_SIZE } from '../queries.ts';
import { parseFraudSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** How attempts to pay were judged; what is held is reviewed here. */
export function FraudPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/fraud' });
  const navigate = useNavigate({ from: '/fraud' });
  const options = useMemo(() => fraudQuery(api, search), [api, search]);
  const [open, setOpen] = useState<FraudDecision | null>(null);
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  const filters: Filter[] = [
    {
      name: 'decision',
      label: t.decision,
      kind: 'choice',
      options: ['allow', 'review', 'block'].map((value) => ({ value, label: t.decisions[value] ?? value })),
    },
    { name: 'held', label: t.held, kind: 'choice', options: [{ value: 'true', label: t.onlyHeld }] },
  ];
  return (
    <>
      <ListRoom
        name="fraud"
        title={t.fraud}
        lead={t.fraudLead}
        filters={filters}
        search={{ ...search }}
        onSearch={(values) => void navigate({ to: '/fraud', search: parseFraudSearch(values), resetScroll: false })}
        chosen={{ checkout: t.checkout }}
        columns={columns}
        keyOf={({ id }) => id}
        query={useRows(options)}
        pageSize={PAGE_SIZE}
        empty={t}
      />
      {open && <ReviewDialog decision={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function columnsOf(t: (typeof texts)['en'], onOpen: (decision: FraudDecision) => void): Column<FraudDecision>[] {
  return [
    {
      id: 'when',
      title: t.when,
      isRowHeader: true,
      className: 'whitespace-nowrap',
      cell: (row) => (
        <button type="button" className="min-h-6 hover:underline" onClick={() => onOpen(row)}>
          <Moment instant={row.created_at} />
        </button>
      ),
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'decision',
      title: t.decision,
      cell: ({ decision }) => <DecisionMark decision={decision} />,
      plain: ({ decision }) => decision,
    },
    {
      id: 'reasons',
      title: t.reasonsOf,
      className: 'max-w-80 truncate',
      cell: ({ reasons }) => reasons.map((rule) => t.rules[rule] ?? rule).join(', ') || '–',
      plain: ({ reasons }) => reasons.join(', '),
    },
    {
      id: 'risk',
      title: t.risk,
      optional: 'shown',
      cell: ({ risk_level }) => risk_level ?? '–',
      plain: ({ risk_level }) => risk_level ?? '',
    },
    {
      id: 'verdict',
      title: t.verdict,
      cell: ({ verdict }) => (verdict ? (t.verdicts[verdict] ?? verdict) : '–'),
      plain: ({ verdict }) => verdict ?? '',
    },
  ];
}
