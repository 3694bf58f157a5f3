import { useApi } from '@sharestack/api/context.tsx';
import { ListRoom } from '@sharestack/console/ListRoom.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Comparisons } from '../components/Comparisons.tsx';
import { DifferenceDialog } from '../components/DifferenceDialog.tsx';
import { type Difference, differencesQuery, PAGE_SIZE } from '../queries.ts';
import { parseDifferencesSearch } from '../search.ts';
import { texts } from '../texts.ts';

/** What the provider and the ledger disagree about, and the days that were compared. */
export function ReconciliationPage() {
  const t = useTexts(texts);
  const api = useApi();
  const search = useSearch({ from: '/reconciliation' });
  const navigate = useNavigate({ from: '/reconciliation' });
  const options = useMemo(() => differencesQuery(api, search), [api, search]);
  const [open, setOpen] = useState<Difference | null>(null);
  const columns = useMemo(() => columnsOf(t, setOpen), [t]);
  return (
    <>
      <ListRoom
        name="reconciliation"
        title={t.reconciliation}
        lead={t.reconciliationLead}
        filters={[
          {
            name: 'resolved',
            label: t.differences,
            kind: 'choice',
            options: [{ value: 'true', label: t.showResolved }],
          },
        ]}
        search={{ ...search }}
        onSearch={(values) =>
          void navigate({ to: '/reconciliation', search: parseDifferencesSearch(values), resetScroll: false })
        }
        columns={columns}
        keyOf={({ id }) => id}
        query={useRows(options)}
        pageSize={PAGE_SIZE}
        empty={{ none: t.noDifferences, noneBody: t.noDifferencesBody }}
      >
        <Comparisons />
      </ListRoom>
      {open && <DifferenceDialog difference={open} onClose={() => setOpen(null)} />}
    </>
  );
}

function columnsOf(t: (typeof texts)['en'], onOpen: (difference: Difference) => void): Column<Difference>[] {
  const side = (id: 'ledger_amount' | 'provider_amount', title: string): Column<Difference> => ({
    id,
    title,
    align: 'right',
    cell: (row) => (row[id] === null ? '–' : <Money amount={row[id]} currency={row.currency} />),
    plain: (row) => (row[id] === null ? '' : `${row[id]} ${row.currency}`),
  });
  return [
    {
      id: 'kind',
      title: t.movement,
      isRowHeader: true,
      cell: (row) => (
        <button type="button" className="min-h-6 text-left hover:underline" onClick={() => onOpen(row)}>
          {t.differenceKinds[row.kind] ?? row.kind} <span className="font-normal text-muted">{row.source_id}</span>
        </button>
      ),
      plain: ({ kind, source_id }) => `${kind} ${source_id}`,
    },
    side('provider_amount', t.theirs),
    side('ledger_amount', t.ours),
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
      cell: ({ resolved_at }) => <Mark tone={resolved_at ? 'good' : 'warn'}>{resolved_at ? t.resolved : t.open}</Mark>,
      plain: ({ resolved_at }) => (resolved_at ? t.resolved : t.open),
    },
  ];
}
