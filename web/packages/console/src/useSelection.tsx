import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { useMemo, useState } from 'react';
import { texts } from './texts.ts';

export interface Selection<Row> {
  /** Kept as they were when they were chosen, also where the list has let go of them. */
  rows: readonly Row[];
  choose: (rows: readonly Row[]) => void;
  clear: () => void;
  /** The column of boxes, for the list's own columns. */
  column: Column<Row>;
}

/** Rows that were chosen for something that is done to all of them. */
export function useSelection<Row>(keyOf: (row: Row) => string, nameOf: (row: Row) => string): Selection<Row> {
  const t = useTexts(texts);
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  const column = useMemo<Column<Row>>(
    () => ({
      id: 'chosen',
      title: t.choose,
      cell: (row) => (
        <label className="-m-2 inline-flex min-h-11 min-w-11 items-center justify-center lg:min-h-9 lg:min-w-9">
          <input
            type="checkbox"
            aria-label={t.chooseRow(nameOf(row))}
            className="size-4.5 accent-brand"
            checked={chosen.has(keyOf(row))}
            onChange={(event) => {
              const isOn = event.target.checked;
              setChosen((before) => {
                const after = new Map(before);
                if (isOn) after.set(keyOf(row), row);
                else after.delete(keyOf(row));
                return after;
              });
            }}
          />
        </label>
      ),
    }),
    [t, chosen, keyOf, nameOf],
  );
  return {
    rows: [...chosen.values()],
    choose: (rows) => setChosen(new Map(rows.map((row) => [keyOf(row), row]))),
    clear: () => setChosen(new Map()),
    column,
  };
}
