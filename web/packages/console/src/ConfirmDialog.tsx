import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import type { ReactNode } from 'react';
import { ProblemNote } from './ProblemNote.tsx';
import type { ProblemWords } from './problemText.ts';
import { texts } from './texts.ts';

interface Props {
  title: string;
  /** The word on the button: what will happen. */
  action: string;
  isDangerous?: boolean;
  isPending: boolean;
  error?: unknown;
  words?: ProblemWords;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks before something that cannot be taken back, and says what will happen. */
export function ConfirmDialog(props: Props) {
  const { title, action, isDangerous = false, isPending, error, words, onConfirm, onClose, children } = props;
  const t = useTexts(texts);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="space-y-4">
        {children}
        <ProblemNote error={error} words={words} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button kind="secondary" onClick={onClose}>
            {t.cancel}
          </Button>
          <Button kind={isDangerous ? 'danger' : 'primary'} busy={isPending} onClick={onConfirm}>
            {action}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
