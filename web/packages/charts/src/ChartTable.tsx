import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useState } from 'react';
import type { ChartData } from './data.ts';
import { texts } from './texts.ts';

/** The same numbers as a table, made when it is opened. */
export function ChartTable({ data: { title, axis, labels, series, format } }: { data: ChartData }) {
  const t = useTexts(texts);
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="mt-2 text-sm" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="inline-flex min-h-9 items-center text-brand underline-offset-4 hover:underline">
        {t.asTable}
      </summary>
      {isOpen && (
        <div {...{ role: 'region', 'aria-label': title, tabIndex: 0 }} className="max-h-80 overflow-auto">
          <table className="w-full max-w-xl tabular-nums">
            <thead className="sticky top-0 bg-surface text-left text-muted">
              <tr>
                <th className="py-1 pr-4 font-normal">{axis}</th>
                {series.map(({ name }) => (
                  <th key={name} className="py-1 pl-4 text-right font-normal">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {labels.map((label, index) => (
                <tr key={label} className="border-t border-line">
                  <th scope="row" className="py-1 pr-4 text-left font-normal">
                    {label}
                  </th>
                  {series.map(({ name, values }) => (
                    <td key={name} className="py-1 pl-4 text-right">
                      {format(values[index] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </details>
  );
}
