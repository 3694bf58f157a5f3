import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Columns3 } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Column } from './column.ts';
import { texts } from './texts.ts';
import { TOOL } from './tool.ts';

interface Props<Row> {
  columns: readonly Column<Row>[];
  isShown: (column: Column<Row>) => boolean;
  onToggle: (id: string) => void;
  /** Beside the choice: the way to a file. */
  children: ReactNode;
}

/** Which columns there are, and the rows as a file. */
export function TableTools<Row>({ columns, isShown, onToggle, children }: Props<Row>) {
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
      {children}
    </div>
  );
}
