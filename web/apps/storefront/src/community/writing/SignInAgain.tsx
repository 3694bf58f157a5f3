import { useTexts } from '@sharestack/i18n/locale.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { actingTexts } from '../acting/texts.ts';

/** Over what somebody writes whose session has ended. They can close it and copy their text. */
export function SignInAgain({ onDone, onClose }: { onDone: () => void; onClose: () => void }) {
  const t = useTexts(actingTexts);
  return (
    <Dialog title={t.againTitle} onClose={onClose}>
      <p className="text-muted">{t.againBody}</p>
      <SignInForm onDone={onDone} />
    </Dialog>
  );
}
