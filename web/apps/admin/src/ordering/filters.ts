import type { Filter } from '@sharestack/table/FilterBar.tsx';
import { CURRENCIES, STATUSES } from './search.ts';
import type { texts } from './texts.ts';

type Texts = (typeof texts)['en'];

/** What orders are chosen by; a board has the states as columns. */
export function filtersOf(t: Texts, isBoard = false): Filter[] {
  const status: Filter = {
    name: 'status',
    label: t.status,
    kind: 'choice',
    options: STATUSES.map((value) => ({ value, label: t.statuses[value] })),
  };
  return [
    ...(isBoard ? [] : [status]),
    { name: 'number', label: t.numberBegins, kind: 'text', maxLength: 20 },
    { name: 'email', label: t.email, kind: 'text', maxLength: 254 },
    { name: 'from', label: t.from, kind: 'day' },
    { name: 'to', label: t.to, kind: 'day' },
    {
      name: 'currency',
      label: t.currency,
      kind: 'choice',
      options: CURRENCIES.map((value) => ({ value, label: value })),
    },
    { name: 'min', label: t.min, kind: 'text', maxLength: 16 },
    { name: 'max', label: t.max, kind: 'text', maxLength: 16 },
  ];
}
