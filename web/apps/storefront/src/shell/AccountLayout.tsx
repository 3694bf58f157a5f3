import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Outlet, useRouter } from '@tanstack/react-router';
import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { accountTexts } from './accountTexts.ts';
import { AccountNav } from './components/AccountNav.tsx';

const loadSignInAgain = () => import('./components/SignInAgain.tsx');
const SignInAgain = lazy(async () => ({ default: (await loadSignInAgain()).SignInAgain }));

/**
 * The frame of every page of a person's own. Who is not signed in is sent to do so, and comes back. Where a session
 * ends by itself the page stays as it is, below a dialog that signs in again: what was typed is not lost.
 */
export function AccountLayout() {
  const state = useSessionState();
  const person = useRef<string | null>(null);
  if (state.status === 'signed-in') person.current = state.user?.id ?? person.current ?? '';
  useEffect(() => {
    // It is there before it is needed: when a session ends, the network may be gone as well.
    if (state.status === 'signed-in') loadSignInAgain().catch(() => {});
  }, [state.status]);
  const isExpired = state.status === 'anonymous' && state.isExpired === true && person.current !== null;
  if (state.status === 'anonymous' && !isExpired) {
    return (
      <Frame>
        <Away wasSignedIn={person.current !== null} />
        <Opening />
      </Frame>
    );
  }
  return (
    <Frame>
      {/* Another person's page is another page: nothing of the former one's is left in it. */}
      {person.current === null ? <Opening /> : <Outlet key={person.current} />}
      {isExpired && (
        <Suspense>
          <SignInAgain />
        </Suspense>
      )}
    </Frame>
  );
}

/** Once: this page is still there while the other one is loaded, and the address is that one's already. */
function Away({ wasSignedIn }: { wasSignedIn: boolean }) {
  const router = useRouter();
  useEffect(() => {
    const next = router.state.location.publicHref;
    void router.navigate(
      wasSignedIn ? { to: '/', replace: true } : { to: '/sign-in', search: { next }, replace: true },
    );
  }, [router, wasSignedIn]);
  return null;
}

function Frame({ children }: { children: ReactNode }) {
  return (
    <div className="page grid gap-x-14 pt-4 md:grid-cols-[13rem_minmax(0,1fr)] md:pt-10">
      <AccountNav />
      <div className="min-w-0 pt-6 md:pt-0">{children}</div>
    </div>
  );
}

/** The place of a page, until it is known who is there. */
function Opening() {
  const { account, loading } = useTexts(accountTexts);
  return (
    <div role="status">
      <PageHead title={account} isIndexed={false} />
      <h1 className="sr-only">{loading}</h1>
      <Skeleton className="h-9 w-56" />
      <Skeleton className="mt-3 h-5 w-80 max-w-full" />
      <Skeleton className="mt-8 h-72" />
    </div>
  );
}
