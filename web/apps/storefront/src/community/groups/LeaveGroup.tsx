import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { groupsTexts } from './texts.ts';

interface Props {
  isPending: boolean;
  error: unknown;
  onLeave: () => void;
  onClose: () => void;
}

export function LeaveGroup({ isPending, error, onLeave, onClose }: Props) {
  const t = useTexts(groupsTexts);
  return (
    <Dialog title={t.leaveSure} onClose={onClose}>
      <p>{t.leaveBody}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="danger" busy={isPending} onClick={onLeave}>
          {t.leave}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      <ProblemNote error={error} />
    </Dialog>
  );
}
