import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Columns3, Download } from 'lucide-react';
import type { Column } from './column.ts';
import { texts } from './texts.ts';

interface Props<Row> {
  columns: readonly Column<Row>[];
  isShown: (column: Column<Row>) => boolean;
  onToggle: (id: string) => void;
  onExport: () => void;
}

const TOOL =
  'inline-flex min-h-9 items-center gap-2 rounded-control border border-line bg-surface px-3 text-sm hover:border-control max-sm:min-h-11';

/** Which columns there are, and the rows as a file. */
export function TableTools<Row>({ columns, isShown, onToggle, onExport }: Props<Row>) {
  const t = useTexts(texts);
  const optional = columns.filter((column) => column.optional);
  return (
    <div className="flex flex-wrap gap-2">
      {optional.length > 0 && (
        <details className="relative">
          <summary className={TOOL} title={t.chooseColumns}>
            <Columns3 className="size-4" aria-hidden="true" />
            {t.columns}
          </summary>
          <fieldset className="absolute right-0 z-20 mt-1 w-56 rounded-card border border-line bg-surface p-2 shadow-lg max-sm:right-auto max-sm:left-0">
            <legend className="sr-only">{t.chooseColumns}</legend>
            {optional.map((column) => (
              <label
                key={column.id}
                className="flex min-h-9 items-center gap-2 rounded-control px-2 text-sm hover:bg-sunken"
              >
                <input
                  type="checkbox"
                  className="size-4.5 accent-brand"
                  checked={isShown(column)}
                  onChange={() => onToggle(column.id)}
                />
                {column.title}
              </label>
            ))}
          </fieldset>
        </details>
      )}
      {columns.some(({ plain }) => plain) && (
        <button type="button" className={TOOL} title={t.exportHint} onClick={onExport}>
          <Download className="size-4" aria-hidden="true" />
          {t.exportCsv}
        </button>
      )}
    </div>
  );
}
