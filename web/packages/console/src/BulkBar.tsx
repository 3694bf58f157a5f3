import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import type { QueryKey } from '@tanstack/react-query';
import { useState } from 'react';
import { BulkDialog } from './BulkDialog.tsx';
import type { Field, Value } from './field.ts';
import { texts } from './texts.ts';
import type { Selection } from './useSelection.tsx';

/** How one of several ended: the API answers for each. */
export interface BulkResult {
  id: string;
  outcome: 'done' | 'unchanged' | 'refused';
  code?: string | null;
  detail?: string | null;
}

export interface BulkAction<Row> {
  name: string;
  label: string;
  isDangerous?: boolean;
  /** Words of this place for codes of the API. */
  words?: Readonly<Record<string, string>>;
  /** Asked for before the preview: a price, a category. */
  field?: Field;
  /** What will be another about a row, for the preview; null where it will stay as it is. */
  preview: (row: Row, value: Value) => string | null;
  /** `value` is that of the field; null without one. */
  run: (rows: readonly Row[], key: string, value: Value) => Promise<readonly BulkResult[]>;
}

interface Props<Row> {
  selection: Selection<Row>;
  loaded: readonly Row[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  actions: readonly BulkAction<Row>[];
  changes: readonly QueryKey[];
}

/** As many as the API takes at once. */
export const MOST_AT_ONCE = 100;

/** What can be done to the rows that were chosen; nothing is done before its preview was seen. */
export function BulkBar<Row>({ selection, loaded, keyOf, nameOf, actions, changes }: Props<Row>) {
  const t = useTexts(texts);
  const [action, setAction] = useState<BulkAction<Row> | null>(null);
  const { rows } = selection;
  const isTooMany = rows.length > MOST_AT_ONCE;
  const most = loaded.slice(0, MOST_AT_ONCE);
  return (
    <section aria-label={t.bulk} className="flex min-h-11 flex-wrap items-center gap-2 text-sm">
      <p role="status" className="mr-1 tabular-nums">
        {rows.length > 0 && t.chosen(rows.length)} {isTooMany && t.tooMany(MOST_AT_ONCE)}
      </p>
      {rows.length > 0 &&
        actions.map((one) => (
          <Button
            key={one.name}
            kind={one.isDangerous ? 'danger' : 'secondary'}
            disabled={isTooMany}
            className="px-3 sm:min-h-9 sm:text-sm"
            onClick={() => setAction(one)}
          >
            {one.label}
          </Button>
        ))}
      <Button kind="quiet" className="sm:min-h-9 sm:text-sm" onClick={() => selection.choose(most)}>
        {t.chooseAll(most.length)}
      </Button>
      {rows.length > 0 && (
        <Button kind="quiet" className="sm:min-h-9 sm:text-sm" onClick={selection.clear}>
          {t.chooseNone}
        </Button>
      )}
      {action && (
        <BulkDialog
          action={action}
          rows={rows}
          keyOf={keyOf}
          nameOf={nameOf}
          changes={changes}
          onSettled={(refused) => selection.choose(rows.filter((row) => refused.has(keyOf(row))))}
          onClose={() => setAction(null)}
        />
      )}
    </section>
  );
}
