import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import type { Field, Value } from './field.ts';
import { isSame, written } from './fieldValues.ts';
import { texts } from './texts.ts';
import type { Conflict } from './useEditForm.ts';

interface Props {
  fields: readonly Field[];
  conflict: Conflict;
  onMine: () => void;
  onTheirs: () => void;
  onClose: () => void;
}

/** What one wrote beside what somebody else saved meanwhile; only fields that differ. */
export function ConflictDialog({ fields, conflict: { mine, theirs }, onMine, onTheirs, onClose }: Props) {
  const t = useTexts(texts);
  const said = (field: Field, value: Value | undefined) => {
    if (field.kind === 'check') return value ? t.yes : t.no;
    const option = field.options?.find((one) => one.value === value);
    return option?.label ?? (written(field, value) || '–');
  };
  const different = theirs ? fields.filter(({ name }) => !isSame(mine[name], theirs.values[name])) : [];
  return (
    <Dialog title={t.conflictTitle} onClose={onClose}>
      <div className="space-y-4">
        <p>{theirs ? t.conflictBody : t.gone}</p>
        {different.length > 0 && (
          <table className="w-full text-left text-sm">
            <thead>
              <tr>
                <th className="py-1 pr-3 font-medium">{t.field}</th>
                <th className="py-1 pr-3 font-medium">{t.mine}</th>
                <th className="py-1 font-medium">{t.theirs}</th>
              </tr>
            </thead>
            <tbody>
              {different.map((field) => (
                <tr key={field.name} className="border-t border-line align-top">
                  <th className="py-2 pr-3 font-normal text-muted">{field.label}</th>
                  <td className="py-2 pr-3 break-words">{said(field, mine[field.name])}</td>
                  <td className="py-2 break-words">{said(field, theirs?.values[field.name])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {theirs && (
          <div className="flex flex-wrap justify-end gap-3">
            <Button kind="secondary" onClick={onTheirs}>
              {t.takeTheirs}
            </Button>
            <Button onClick={onMine}>{t.keepMine}</Button>
          </div>
        )}
      </div>
    </Dialog>
  );
}
