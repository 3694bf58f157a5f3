import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import type { QueryKey } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { BulkAction, BulkResult } from './BulkBar.tsx';
import { FieldControl } from './FieldControl.tsx';
import type { Value } from './field.ts';
import { readFields } from './fieldValues.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { texts } from './texts.ts';
import { useAction } from './useAction.ts';

interface Props<Row> {
  action: BulkAction<Row>;
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  changes: readonly QueryKey[];
  /** The keys of those that were refused: they stay chosen. */
  onSettled: (refused: ReadonlySet<string>) => void;
  onClose: () => void;
}

const MOST_SHOWN = 12;

/** First what will happen to which, then what happened to each. */
export function BulkDialog<Row>({ action, rows: chosen, keyOf, nameOf, changes, onSettled, onClose }: Props<Row>) {
  const t = useTexts(texts);
  // Those that the dialog was opened for: what is refused stays chosen behind it.
  const [rows] = useState(chosen);
  const [results, setResults] = useState<readonly BulkResult[] | null>(null);
  const { field } = action;
  const form = useRef<HTMLFormElement>(null);
  const [value, setValue] = useState<Value>(null);
  const [problem, setProblem] = useState<string>();
  const [isWritten, setWritten] = useState(!field);
  const read = () => {
    if (!form.current || !field) return;
    const said = readFields(form.current, [field], t);
    setProblem(said.problems[field.name]);
    setWritten(!said.problems[field.name]);
    setValue(said.values[field.name] ?? null);
  };
  const { run, isPending, error } = useAction<Value, readonly BulkResult[]>({
    act: (said, key) => action.run(rows, key, said),
    changes,
    done: null,
    isShownHere: true,
    onDone: (answer) => {
      setResults(answer);
      onSettled(new Set(answer.filter(({ outcome }) => outcome === 'refused').map(({ id }) => id)));
    },
  });
  const changing = (isWritten ? rows : []).flatMap((row) => {
    const change = action.preview(row, value);
    return change === null ? [] : [{ key: keyOf(row), name: nameOf(row), change }];
  });
  const names = new Map(rows.map((row) => [keyOf(row), nameOf(row)]));
  return (
    <Dialog title={action.label} onClose={onClose}>
      {results ? (
        <Results results={results} names={names} words={action.words} onClose={onClose} />
      ) : (
        <div className="space-y-4">
          {field && (
            <form ref={form} onInput={read} onSubmit={(event) => event.preventDefault()}>
              <FieldControl field={field} value={null} problem={problem} />
            </form>
          )}
          {isWritten && <p>{t.willChange(changing.length)}</p>}
          <ul className="max-h-72 divide-y divide-line overflow-y-auto text-sm">
            {changing.slice(0, MOST_SHOWN).map(({ key, name, change }) => (
              <li key={key} className="flex justify-between gap-4 py-1.5">
                <bdi className="min-w-0 truncate">{name}</bdi>
                <span className="shrink-0 text-muted">{change}</span>
              </li>
            ))}
          </ul>
          {changing.length > MOST_SHOWN && (
            <p className="text-sm text-muted">{t.andMore(changing.length - MOST_SHOWN)}</p>
          )}
          {isWritten && changing.length < rows.length && (
            <p className="text-sm text-muted">{t.unchanged(rows.length - changing.length)}</p>
          )}
          <ProblemNote error={error} />
          <div className="flex flex-wrap justify-end gap-3">
            <Button kind="secondary" onClick={onClose}>
              {t.cancel}
            </Button>
            <Button
              kind={action.isDangerous ? 'danger' : 'primary'}
              busy={isPending}
              disabled={changing.length === 0}
              onClick={() => run(value)}
            >
              {action.label}
            </Button>
          </div>
        </div>
      )}
    </Dialog>
  );
}

interface ResultsProps {
  results: readonly BulkResult[];
  names: ReadonlyMap<string, string>;
  words: Readonly<Record<string, string>> | undefined;
  onClose: () => void;
}

function Results({ results, names, words, onClose }: ResultsProps) {
  const t = useTexts(texts);
  const count = (outcome: BulkResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  const refused = results.filter(({ outcome }) => outcome === 'refused');
  return (
    <div className="space-y-4">
      <p role="status">
        {[
          count('done') > 0 && t.done(count('done')),
          count('unchanged') > 0 && t.unchanged(count('unchanged')),
          refused.length > 0 && t.refused(refused.length),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {refused.length > 0 && (
        <ul className="max-h-72 divide-y divide-line overflow-y-auto text-sm">
          {refused.map(({ id, code, detail }) => (
            <li key={id} className="py-1.5">
              <bdi className="font-medium">{names.get(id) ?? id}</bdi>
              <span className="block text-danger">
                {(code && (words?.[code] ?? t.problems[code])) || detail || t.failed}
              </span>
            </li>
          ))}
        </ul>
      )}
      <div className="flex justify-end">
        <Button onClick={onClose}>{t.close}</Button>
      </div>
    </div>
  );
}
