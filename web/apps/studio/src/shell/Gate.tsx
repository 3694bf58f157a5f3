import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import type { Profile } from '@sharestack/session/session.ts';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { ReactNode } from 'react';
import { texts } from './texts.ts';

/** Shows the way in to who is not signed in; nothing else of the studio. */
export function Gate({ children }: { children: (user: Profile) => ReactNode }) {
  const t = useTexts(texts);
  const state = useSessionState();
  if (state.status === 'signed-in' && state.user) return children(state.user);
  if (state.status !== 'anonymous') {
    return (
      <div aria-busy="true">
        <Skeleton className="h-64" />
      </div>
    );
  }
  return (
    <div className="mx-auto max-w-md rounded-card border border-line bg-surface p-6 sm:p-10">
      <PageHead title={t.title} isIndexed={false} />
      <h1 className="font-display text-3xl">{t.title}</h1>
      <p className="mt-1 text-muted">{t.lead}</p>
      <SignInForm />
    </div>
  );
}
