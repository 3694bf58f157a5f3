import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { LogOut, User } from 'lucide-react';
import { linkTexts } from '../linkTexts.ts';

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
  if (state.status === 'signed-in') return <Account className={className} isLabelled={isLabelled} />;
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

function Account({ className, isLabelled }: Props) {
  const t = useTexts(linkTexts);
  const session = useSession();
  const state = useSessionState();
  const name = state.status === 'signed-in' ? (state.user?.full_name ?? '') : '';
  return (
    <details className="group relative">
      <summary className={className} aria-label={t.account}>
        <User className={isLabelled ? 'size-5' : 'size-6'} strokeWidth={1.75} aria-hidden="true" />
        {isLabelled && t.account}
      </summary>
      <div
        className={`absolute right-0 z-40 w-60 rounded-card border border-line bg-surface p-4 text-left text-sm shadow-lg ${isLabelled ? 'bottom-full mb-2' : 'top-full mt-2'}`}
      >
        <p className="text-muted">{t.signedInAs}</p>
        <p className="truncate font-medium" dir="auto">
          {name}
        </p>
        <button
          type="button"
          onClick={() => void session.signOut()}
          className="mt-3 inline-flex min-h-11 items-center gap-2 text-brand underline-offset-4 hover:underline"
        >
          <LogOut className="size-4" aria-hidden="true" />
          {t.signOut}
        </button>
      </div>
    </details>
  );
}
