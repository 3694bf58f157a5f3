import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { ReactNode } from 'react';
import { texts } from './texts.ts';

/** Lets staff in: signs in who is not, and tells customers that this is not for them. */
export function Gate({ children }: { children: ReactNode }) {
  const state = useSessionState();
  if (state.status === 'anonymous') return <SignIn />;
  if (state.status === 'signed-in') return state.permissions.length > 0 ? children : <NotForYou />;
  return (
    <main aria-busy="true" className="page py-16">
      <Skeleton className="h-64" />
    </main>
  );
}

function SignIn() {
  const t = useTexts(texts);
  return (
    <main className="page flex min-h-dvh items-center justify-center py-10">
      <PageHead title={t.title} isIndexed={false} />
      <div className="w-full max-w-md rounded-card border border-line bg-surface p-6 sm:p-10">
        <h1 className="font-display text-3xl">{t.title}</h1>
        <p className="mt-1 text-muted">{t.lead}</p>
        <SignInForm />
      </div>
    </main>
  );
}

function NotForYou() {
  const t = useTexts(texts);
  const session = useSession();
  return (
    <main className="page flex min-h-dvh flex-col items-center justify-center py-10 text-center">
      <PageHead title={t.title} isIndexed={false} />
      <h1 className="font-display text-3xl">{t.notForYouTitle}</h1>
      <p className="mt-2 max-w-prose text-muted">{t.notForYouBody}</p>
      <div className="mt-6 flex gap-3">
        <a href="/" className="inline-flex min-h-11 items-center px-3 text-brand underline underline-offset-4">
          {t.toShop}
        </a>
        <Button kind="secondary" onClick={() => void session.signOut()}>
          {t.signOut}
        </Button>
      </div>
    </main>
  );
}
