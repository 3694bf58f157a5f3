import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import type { FormEvent, ReactNode } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { editingTexts } from './texts.ts';

interface Props {
  label: string;
  /** Why it need not be sent. */
  fault: string | null;
  error: unknown;
  isSending: boolean;
  onSubmit: () => void;
  /** Leaves the form; what was written is there again when it is opened the next time. */
  onClose: () => void;
  /** Has the form say what is published; null where it does. */
  onUndo: (() => void) | null;
  children: ReactNode;
}

/** What changes of posts and of comments have in common: problems, and the way to save or leave. */
export function EditForm({ label, fault, error, isSending, onSubmit, onClose, onUndo, children }: Props) {
  const t = useTexts(editingTexts);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={submit} noValidate aria-label={label} className="space-y-4">
      {children}
      <p className="text-sm text-muted">{t.kept}</p>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {fault}
      </p>
      <ProblemNote error={error} />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={isSending}>
          {isSending ? t.saving : t.save}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
        {onUndo && (
          <Button kind="quiet" onClick={onUndo}>
            {t.undo}
          </Button>
        )}
      </div>
    </form>
  );
}
