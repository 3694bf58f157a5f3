import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { type ReactNode, useRef } from 'react';
import { managingTexts } from './texts.ts';

/** Others are asked to sign in. Whose session ends while they write stay at what they write. */
export function ForWhoIsSignedIn({ why, children }: { why: string; children: ReactNode }) {
  const t = useTexts(managingTexts);
  const { publicHref } = useLocation();
  const state = useSessionState();
  const wasHere = useRef(false);
  if (state.status === 'signed-in') wasHere.current = true;
  if (state.status === 'anonymous' && !(state.isExpired && wasHere.current)) {
    return (
      <div className="mt-6">
        <EmptyState title={why}>
          <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass()}>
            {t.signIn}
          </Link>
        </EmptyState>
      </div>
    );
  }
  return state.status === 'unknown' ? <Skeleton className="mt-6 h-96" /> : children;
}
