import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { User } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { linkTexts } from '../linkTexts.ts';

const AccountMenu = lazy(() => import('./AccountMenu.tsx').then((module) => ({ default: module.AccountMenu })));

interface Props {
  className: string;
  isLabelled?: boolean | undefined;
}

/** The way in; and, for who is in, who that is and the way out. */
export function AccountLink({ className, isLabelled = false }: Props) {
  const t = useTexts(linkTexts);
  const state = useSessionState();
  const { publicHref } = useLocation();
  const icon = <User className={isLabelled ? 'size-5' : 'size-6'} strokeWidth={1.75} aria-hidden="true" />;
  if (state.status === 'signed-in' && !isLabelled) {
    return (
      <Suspense fallback={<span className={className}>{icon}</span>}>
        <AccountMenu className={className} />
      </Suspense>
    );
  }
  if (state.status === 'signed-in') {
    return (
      <Link to="/account" className={className}>
        {icon}
        {t.account}
      </Link>
    );
  }
  return (
    <Link
      to="/sign-in"
      search={{ next: publicHref }}
      className={className}
      aria-label={isLabelled ? undefined : t.signIn}
    >
      {icon}
      {isLabelled && t.signIn}
    </Link>
  );
}
