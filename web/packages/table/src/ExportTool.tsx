import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Download } from 'lucide-react';
import type { TableRows } from './column.ts';
import { texts } from './texts.ts';
import { TOOL } from './tool.ts';
import { useExport } from './useExport.ts';
import { MOST_ROWS } from './useRows.ts';

interface Props<Row> {
  list: TableRows<Row>;
  write: (rows: readonly Row[]) => void;
}

const CHOICE = 'flex min-h-11 w-full items-center rounded-control px-2 text-left text-sm hover:bg-sunken sm:min-h-9';

/** The rows as a file: those that are loaded, or all that the list has. */
export function ExportTool<Row>({ list, write }: Props<Row>) {
  const t = useTexts(texts);
  const { state, all, cancel } = useExport(list, write);
  const { rows, readAll } = list;
  if (state.kind === 'reading') {
    return (
      <span className="inline-flex flex-wrap items-center gap-2 text-sm">
        <span role="status">{t.reading(state.count)}</span>
        <Button kind="secondary" className="sm:min-h-9 sm:text-sm" onClick={cancel}>
          {t.cancel}
        </Button>
      </span>
    );
  }
  const isWhole = !list.hasMore && list.firstIndex === 0;
  return (
    <span className="inline-flex flex-wrap items-center gap-2 text-sm">
      {state.kind === 'failed' && (
        <span role="alert" className="text-danger">
          {t.exportFailed}
        </span>
      )}
      {state.kind === 'written' && <span role="status">{t.exported(state.count, state.isWhole)}</span>}
      {isWhole || !readAll ? (
        <button type="button" className={TOOL} onClick={() => write(rows)}>
          <Download className="size-4" aria-hidden="true" />
          {t.exportRows(rows.length)}
        </button>
      ) : (
        <details className="relative">
          <summary className={TOOL}>
            <Download className="size-4" aria-hidden="true" />
            {t.exportCsv}
          </summary>
          <div className="absolute right-0 z-20 mt-1 w-64 rounded-card border border-line bg-surface p-2 shadow-lg max-sm:right-auto max-sm:left-0">
            <button type="button" className={CHOICE} onClick={() => write(rows)}>
              {t.exportLoaded(rows.length)}
            </button>
            <button type="button" className={CHOICE} onClick={() => void all()}>
              {t.exportAll(MOST_ROWS)}
            </button>
          </div>
        </details>
      )}
    </span>
  );
}
