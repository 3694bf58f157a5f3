import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can, useSession, useSessionState } from '@sharestack/session/context.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Link, Outlet } from '@tanstack/react-router';
import { LogOut, Store } from 'lucide-react';
import { ROOMS } from './rooms.ts';
import { texts } from './texts.ts';

const ITEM =
  'flex min-h-10 items-center gap-3 rounded-control px-3 text-sm hover:bg-sunken [&[aria-current]]:bg-brand-soft [&[aria-current]]:font-medium';

/** Rooms at the side on wide screens, above on narrow ones; only those that the person may enter. */
export function Layout() {
  const t = useTexts(texts);
  const { name } = useSite();
  const session = useSession();
  const state = useSessionState();
  const person = state.status === 'signed-in' ? state.user?.full_name : '';
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15rem_1fr]">
      <header className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line bg-surface p-4 max-lg:border-b lg:sticky lg:top-0 lg:h-dvh lg:flex-col lg:flex-nowrap lg:items-stretch lg:overflow-y-auto lg:border-r lg:p-5">
        <p className="font-display text-lg font-semibold">
          {name} <span className="block font-sans text-xs font-normal text-muted">{t.title}</span>
        </p>
        <nav aria-label={t.rooms} className="lg:mt-6">
          <ul>
            {ROOMS.map(({ to, name: room, permission, Icon }) => (
              <Can key={to} permission={permission}>
                <li>
                  <Link to={to} className={ITEM} activeOptions={{ exact: true }}>
                    <Icon className="size-4.5" aria-hidden="true" />
                    {t[room]}
                  </Link>
                </li>
              </Can>
            ))}
          </ul>
        </nav>
        <div className="ml-auto flex items-center gap-1 lg:mt-auto lg:ml-0 lg:flex-col lg:items-stretch">
          <p className="truncate px-3 text-sm text-muted max-sm:hidden" dir="auto">
            {person}
          </p>
          <a href="/" className={ITEM}>
            <Store className="size-4.5" aria-hidden="true" />
            {t.toShop}
          </a>
          <button type="button" className={ITEM} onClick={() => void session.signOut()}>
            <LogOut className="size-4.5" aria-hidden="true" />
            {t.signOut}
          </button>
        </div>
      </header>
      <main className="min-w-0 p-4 sm:p-6 lg:p-10">
        <Outlet />
      </main>
    </div>
  );
}
