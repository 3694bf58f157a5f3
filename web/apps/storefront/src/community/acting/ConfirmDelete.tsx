import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { actingTexts } from './texts.ts';

interface Props {
  title: string;
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDelete({ title, isPending, error, onConfirm, onClose }: Props) {
  const t = useTexts(actingTexts);
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{t.deleteBody}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="danger" busy={isPending} onClick={onConfirm}>
          {t.delete}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      <div className="mt-2">
        <ProblemNote error={error} />
      </div>
    </Dialog>
  );
}
