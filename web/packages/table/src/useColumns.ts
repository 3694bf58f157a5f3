import { useState } from 'react';
import type { Column } from './column.ts';

const read = (key: string): string[] | null => {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(stored) ? stored.map(String) : null;
  } catch {
    return null;
  }
};

/** Which columns are shown: a choice of this browser, per table. */
export function useColumns<Row>(table: string, columns: readonly Column<Row>[]) {
  const key = `columns.${table}`;
  const [hidden, setHidden] = useState(
    () => read(key) ?? columns.filter(({ optional }) => optional === 'hidden').map(({ id }) => id),
  );
  const toggle = (id: string) => {
    const next = hidden.includes(id) ? hidden.filter((one) => one !== id) : [...hidden, id];
    setHidden(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // Storage can be forbidden; the choice then lasts as long as the page.
    }
  };
  const isShown = ({ id, optional }: Column<Row>) => !optional || !hidden.includes(id);
  return { shown: columns.filter(isShown), isShown, toggle };
}
