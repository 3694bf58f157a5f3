import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { DataTable } from '@sharestack/table/DataTable.tsx';
import { listOf } from '@sharestack/table/listOf.ts';
import { useRowHeight } from '@sharestack/table/useRowHeight.ts';
import { useRows } from '@sharestack/table/useRows.ts';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useMemo } from 'react';
import { movementsQuery, PAGE_SIZE, type StockMovement } from './queries.ts';
import { texts } from './texts.ts';

type Texts = (typeof texts)['en'];

/** What changed the number of units of a variant, newest first. */
export function Movements({ variantId }: { variantId: string }) {
  const t = useTexts(texts);
  const api = useApi();
  const query = useRows(useMemo(() => movementsQuery(api, variantId), [api, variantId]));
  return (
    <Card title={t.movements}>
      <DataTable
        name="movements"
        label={t.movements}
        columns={useMemo(() => columnsOf(t), [t])}
        keyOf={({ id }) => id}
        list={listOf(query, PAGE_SIZE)}
        error={query.error}
        onRetry={() => void query.refetch()}
        rowHeight={useRowHeight()}
        empty={<p className="text-sm text-muted">{t.noMovements}</p>}
      />
    </Card>
  );
}

const signed = (quantity: number) => (quantity > 0 ? `+${quantity}` : `−${Math.abs(quantity)}`);

function columnsOf(t: Texts): Column<StockMovement>[] {
  const reasons: Record<string, string> = { ...t.otherReasons, ...t.reasons };
  const who = ({ actor }: StockMovement) => (actor ? t.staff : t.system);
  return [
    {
      id: 'when',
      title: t.when,
      isRowHeader: true,
      cell: ({ created_at }) => <Moment instant={created_at} />,
      plain: ({ created_at }) => created_at,
    },
    {
      id: 'change',
      title: t.change,
      align: 'right',
      cell: ({ quantity }) => <span className="font-medium">{signed(quantity)}</span>,
      plain: ({ quantity }) => quantity,
    },
    {
      id: 'reason',
      title: t.reason,
      cell: ({ reason }) => reasons[reason] ?? reason,
      plain: ({ reason }) => reason,
    },
    { id: 'who', title: t.who, optional: 'shown', cell: who, plain: who },
    {
      id: 'about',
      title: t.about,
      optional: 'shown',
      className: 'max-w-72 truncate',
      cell: ({ note, reference }) => <span title={note ?? reference ?? ''}>{note ?? reference ?? '–'}</span>,
      plain: ({ note, reference }) => note ?? reference ?? '',
    },
  ];
}
