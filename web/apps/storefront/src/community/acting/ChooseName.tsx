import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { NameForm } from './NameForm.tsx';
import { actingTexts } from './texts.ts';

interface Props {
  onDone: (username: string) => void;
  onClose: () => void;
}

/** The name under which somebody writes: chosen when it is needed, beside what they were about to do. */
export function ChooseName({ onDone, onClose }: Props) {
  const t = useTexts(actingTexts);
  return (
    <Dialog title={t.chooseName} onClose={onClose}>
      <NameForm onDone={onDone} />
    </Dialog>
  );
}
