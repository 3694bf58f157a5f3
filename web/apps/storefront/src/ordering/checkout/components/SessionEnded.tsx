import { useTexts } from '@sharestack/i18n/locale.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { texts } from '../texts.ts';

/** Somebody was signed in and is not any more, in the middle of it: here they come back without losing anything. */
export function SessionEnded({ onGuest }: { onGuest: () => void }) {
  const t = useTexts(texts);
  return (
    <section className="mx-auto max-w-md rounded-card border border-line bg-surface p-6 sm:p-8">
      <div role="alert">
        <h2 className="font-display text-2xl">{t.sessionEndedTitle}</h2>
        <p className="mt-1 text-muted">{t.sessionEndedBody}</p>
      </div>
      <SignInForm />
      <Button kind="quiet" className="mt-4 w-full" onClick={onGuest}>
        {t.asGuest}
      </Button>
    </section>
  );
}
