import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useEffect, useRef } from 'react';
import { accountTexts } from '../accountTexts.ts';

/** Over a page whose session has ended: signing in goes on where the person was. The page below keeps its fields. */
export function SignInAgain() {
  const t = useTexts(accountTexts);
  const session = useSession();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement as HTMLElement | null;
    dialog.current?.showModal();
    return () => before?.focus();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby="sign-in-again"
      onCancel={(event) => event.preventDefault()}
      // A browser closes it on the second Escape all the same; without a session there is nothing behind it.
      onClose={() => dialog.current?.showModal()}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-card border border-line bg-surface p-6 text-ink backdrop:bg-ink/40 sm:p-10"
    >
      <h2 id="sign-in-again" className="font-display text-2xl">
        {t.againTitle}
      </h2>
      <p className="mt-2 text-muted">{t.againBody}</p>
      <SignInForm />
      <Button kind="quiet" className="mt-3 w-full" onClick={() => session.leave()}>
        {t.leave}
      </Button>
    </dialog>
  );
}
