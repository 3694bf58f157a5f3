import { useApi } from '@sharestack/api/context.tsx';
import { Card } from '@sharestack/console/Card.tsx';
import { Facts } from '@sharestack/console/Facts.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { Mark, type Tone } from '@sharestack/console/Mark.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { DataTable } from '@sharestack/table/DataTable.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import { type ImportError, importQuery, type ProductImport } from './queries.ts';
import { texts } from './texts.ts';

const TONES: Record<ProductImport['status'], Tone> = {
  pending: 'plain',
  running: 'info',
  completed: 'good',
  failed: 'bad',
};

/** How far an import is, what it did, and every row that it refused. */
export function ImportReport({ id }: { id: string }) {
  const api = useApi();
  const client = useQueryClient();
  const query = useQuery(importQuery(api, id));
  const isOver = query.data?.status === 'completed';
  useEffect(() => {
    if (!isOver) return;
    for (const key of ['products', 'inventory', 'categories']) void client.invalidateQueries({ queryKey: [key] });
  }, [isOver, client]);
  return <Loaded query={query}>{(data) => <Report report={data} />}</Loaded>;
}

function Report({ report }: { report: ProductImport }) {
  const t = useTexts(texts);
  const settled =
    report.rows_created + report.rows_updated + report.rows_unchanged + report.rows_partial + report.rows_refused;
  const pictures =
    report.pictures > 0 ? t.picturesOf(report.pictures_ready, report.pictures_failed, report.pictures) : null;
  return (
    <>
      <Card
        title={t.progress}
        aside={
          <span role="status">
            <Mark tone={TONES[report.status]}>{t.statuses[report.status]}</Mark>
          </span>
        }
      >
        {report.status === 'running' && (
          <progress value={settled} max={Math.max(report.rows, 1)} aria-label={t.progress} className="mb-3 w-full" />
        )}
        <Facts
          facts={[
            [t.rows, report.rows],
            [t.rowsCreated, report.rows_created],
            [t.rowsUpdated, report.rows_updated],
            [t.rowsUnchanged, report.rows_unchanged],
            [t.rowsPartial, report.rows_partial],
            [t.rowsRefused, report.rows_refused],
            [t.productsCreated, report.products_created],
            [t.productsUpdated, report.products_updated],
            [t.productsUnchanged, report.products_unchanged],
            [t.pictures, pictures],
          ]}
        />
        {report.report_url && (
          <a href={report.report_url} download className={buttonClass('secondary', 'mt-4 sm:min-h-10 sm:text-sm')}>
            {t.report}
          </a>
        )}
      </Card>
      {report.notes.length > 0 && (
        <Card title={t.notes}>
          <ul className="list-disc space-y-1 pl-5 text-sm">
            {report.notes.map((note) => (
              <li key={note} lang="en">
                {note}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {(report.status === 'completed' || report.errors.length > 0) && <Errors errors={report.errors} />}
    </>
  );
}

/** Only the rows that are seen are in the document, however many there are. */
function Errors({ errors }: { errors: readonly ImportError[] }) {
  const t = useTexts(texts);
  const rows = useMemo(() => errors.map((error, index) => ({ ...error, key: String(index) })), [errors]);
  const columns = useMemo<Column<ImportError & { key: string }>[]>(
    () => [
      { id: 'row', title: t.row, isRowHeader: true, cell: ({ row }) => row, plain: ({ row }) => row },
      { id: 'column', title: t.column, cell: ({ column }) => column ?? '–', plain: ({ column }) => column ?? '' },
      {
        id: 'message',
        title: t.message,
        cell: ({ message }) => <span lang="en">{message}</span>,
        plain: ({ message }) => message,
      },
    ],
    [t],
  );
  return (
    <Card title={t.errors}>
      <DataTable
        name="import-errors"
        label={t.errors}
        columns={columns}
        keyOf={({ key }) => key}
        list={{
          rows,
          firstIndex: 0,
          hasMore: false,
          onMore: () => undefined,
          onEarlier: () => undefined,
          isLoadingMore: false,
          hasMoreFailed: false,
        }}
        onRetry={() => undefined}
        empty={<p className="text-sm text-muted">{t.noErrors}</p>}
      />
    </Card>
  );
}
