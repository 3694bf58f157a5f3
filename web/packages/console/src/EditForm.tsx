import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useBeforeClose } from '@sharestack/ui/Dialog.tsx';
import { useBlocker } from '@tanstack/react-router';
import { type ReactNode, useRef, useState } from 'react';
import { ConflictDialog } from './ConflictDialog.tsx';
import { FieldControl } from './FieldControl.tsx';
import type { Values } from './field.ts';
import { ProblemNote } from './ProblemNote.tsx';
import type { ProblemWords } from './problemText.ts';
import { texts } from './texts.ts';
import { type EditOptions, useEditForm } from './useEditForm.ts';

interface Props<Saved> extends EditOptions<Saved> {
  /** Names the form to who listens. */
  label: string;
  /** The word on the button: "Save" unless another says better what happens. */
  action?: string;
  isDangerous?: boolean;
  onCancel?: () => void;
  words?: ProblemWords;
  /** Between fields and buttons. */
  children?: ReactNode;
}

/** Fields that are saved together. Leaving with unsaved changes asks first, whichever way one leaves. */
export function EditForm<Saved>(props: Props<Saved>) {
  const { label, fields, action, isDangerous, onCancel, words, children } = props;
  const t = useTexts(texts);
  const [initial, setInitial] = useState<Values>(props.initial ?? {});
  const [generation, setGeneration] = useState(0);
  const edit = useEditForm(props);
  const mayLeave = () => !edit.isDirty || edit.isPending || window.confirm(t.leave);
  const isClosing = useRef(false);
  const mayClose = () => {
    isClosing.current = mayLeave();
    return isClosing.current;
  };
  useBeforeClose(mayClose);
  useBlocker({
    // A dialog that the address opens is closed by going elsewhere: that was asked about already.
    shouldBlockFn: () => !isClosing.current && !mayLeave(),
    enableBeforeUnload: () => edit.isDirty,
    disabled: !edit.isDirty,
  });
  const takeTheirs = () => {
    if (edit.conflict?.theirs) {
      setInitial(edit.conflict.theirs.values);
      edit.rebase(edit.conflict.theirs);
      setGeneration((count) => count + 1);
    }
    edit.setConflict(null);
  };
  return (
    <form
      ref={edit.form}
      aria-label={label}
      noValidate
      onSubmit={edit.onSubmit}
      onInput={edit.onInput}
      className="space-y-4"
    >
      <div key={generation} className="grid gap-x-5 gap-y-4 sm:grid-cols-2">
        {fields.map((field) => (
          <FieldControl
            key={field.name}
            field={field}
            value={initial[field.name]}
            problem={edit.problems[field.name]}
          />
        ))}
      </div>
      {children}
      <ProblemNote error={edit.failure} words={words} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" kind={isDangerous ? 'danger' : 'primary'} busy={edit.isPending} className="sm:min-h-10">
          {action ?? t.save}
        </Button>
        {onCancel && (
          <Button kind="secondary" className="sm:min-h-10" onClick={() => mayClose() && onCancel()}>
            {t.cancel}
          </Button>
        )}
      </div>
      {edit.conflict && (
        <ConflictDialog
          fields={fields}
          conflict={edit.conflict}
          onMine={edit.keepMine}
          onTheirs={takeTheirs}
          onClose={() => edit.setConflict(null)}
        />
      )}
    </form>
  );
}
