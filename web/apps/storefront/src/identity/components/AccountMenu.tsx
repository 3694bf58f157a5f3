import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { LogOut, User } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { linkTexts } from '../linkTexts.ts';

const ROW = 'flex min-h-11 w-full items-center gap-2 text-brand underline-offset-4 hover:underline';

/** Who is in, and the way out; it comes once somebody is. */
export function AccountMenu({ className }: { className: string }) {
  const t = useTexts(linkTexts);
  const id = useId();
  const session = useSession();
  const state = useSessionState();
  const { pathname } = useLocation();
  const menu = useRef<HTMLDivElement>(null);
  const name = state.status === 'signed-in' ? (state.user?.full_name ?? '') : '';
  useEffect(() => {
    if (pathname) menu.current?.hidePopover?.();
  }, [pathname]);
  return (
    <>
      <button type="button" popoverTarget={id} className={className} aria-label={t.account}>
        <User className="size-6" strokeWidth={1.75} aria-hidden="true" />
      </button>
      <div
        ref={menu}
        id={id}
        popover="auto"
        className="fixed inset-auto top-16 right-[max(1.5rem,calc((100vw-76rem)/2+1.5rem))] m-0 w-60 rounded-card border border-line bg-surface p-4 text-left text-sm text-ink shadow-lg"
      >
        <p className="text-muted">{t.signedInAs}</p>
        <p className="truncate font-medium" dir="auto">
          {name}
        </p>
        <Link to="/account" className={`${ROW} mt-3 border-t border-line`}>
          <User className="size-4" aria-hidden="true" />
          {t.account}
        </Link>
        <button type="button" onClick={() => void session.signOut()} className={ROW}>
          <LogOut className="size-4" aria-hidden="true" />
          {t.signOut}
        </button>
      </div>
    </>
  );
}
