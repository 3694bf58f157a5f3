import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { LogOut, User } from 'lucide-react';
import { useId } from 'react';
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
  const id = useId();
  const session = useSession();
  const state = useSessionState();
  const name = state.status === 'signed-in' ? (state.user?.full_name ?? '') : '';
  const place = isLabelled ? 'right-2 bottom-18' : 'top-16 right-[max(1.5rem,calc((100vw-76rem)/2+1.5rem))]';
  return (
    <>
      <button type="button" popoverTarget={id} className={className} aria-label={isLabelled ? undefined : t.account}>
        <User className={isLabelled ? 'size-5' : 'size-6'} strokeWidth={1.75} aria-hidden="true" />
        {isLabelled && t.account}
      </button>
      <div
        id={id}
        popover="auto"
        className={`fixed inset-auto m-0 w-60 rounded-card border border-line bg-surface p-4 text-left text-sm text-ink shadow-lg ${place}`}
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
    </>
  );
}
