import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { Outlet } from '@tanstack/react-router';
import { Menu, Search } from 'lucide-react';
import { lazy, Suspense, useCallback, useEffect, useRef, useState } from 'react';
import { AccountMenu } from './components/AccountMenu.tsx';
import { Drawer } from './components/Drawer.tsx';
import { Navigation } from './components/Navigation.tsx';
import { RouteFocus } from './RouteFocus.tsx';
import { texts } from './texts.ts';

const CommandPalette = lazy(() =>
  import('./components/CommandPalette.tsx').then((module) => ({ default: module.CommandPalette })),
);

const ICON = 'inline-flex size-11 items-center justify-center rounded-control hover:bg-sunken';

/** Rooms at the side on wide screens, in a drawer on narrow ones; what to search and the account above. */
export function Layout() {
  const t = useTexts(texts);
  const [isSearching, setSearching] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const search = useRef<HTMLButtonElement>(null);
  const onSearch = useCallback(() => setSearching(true), []);
  useShortcut(onSearch);
  return (
    <div className="lg:grid lg:min-h-dvh lg:grid-cols-[15rem_minmax(0,1fr)]">
      <RouteFocus />
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-2 text-paper focus:translate-y-0"
      >
        {t.skip}
      </a>
      <aside className="hidden border-r border-line bg-surface lg:sticky lg:top-0 lg:flex lg:h-dvh lg:flex-col lg:overflow-y-auto lg:p-4">
        <Brand />
        <div className="mt-6">
          <Navigation />
        </div>
      </aside>
      <div className="min-w-0">
        <header className="sticky top-0 z-20 flex h-14 items-center gap-2 border-b border-line bg-paper px-2 sm:px-6 lg:px-10">
          <button type="button" className={`${ICON} lg:hidden`} aria-label={t.openRooms} onClick={() => setOpen(true)}>
            <Menu className="size-5" aria-hidden="true" />
          </button>
          <button
            ref={search}
            type="button"
            className="flex min-h-10 min-w-0 grow items-center gap-2 rounded-control border border-line bg-surface px-3 text-left text-sm text-muted hover:border-control sm:max-w-sm"
            onClick={onSearch}
          >
            <Search className="size-4 shrink-0" aria-hidden="true" />
            <span className="grow truncate">{t.goTo}</span>
            <kbd className="hidden font-sans text-xs sm:inline">{shortcutName()}</kbd>
          </button>
          <div className="ml-auto">
            <AccountMenu />
          </div>
        </header>
        <main id="content" className="mx-auto max-w-[84rem] p-4 sm:p-6 lg:px-10 lg:py-8">
          <Outlet />
        </main>
      </div>
      {isOpen && (
        <Drawer label={t.rooms} onClose={() => setOpen(false)}>
          <Brand />
          <div className="mt-6">
            <Navigation onGo={() => setOpen(false)} />
          </div>
        </Drawer>
      )}
      {isSearching && (
        <Suspense fallback={null}>
          <CommandPalette
            onClose={() => {
              setSearching(false);
              search.current?.focus();
            }}
          />
        </Suspense>
      )}
    </div>
  );
}

function Brand() {
  const t = useTexts(texts);
  const { name } = useSite();
  return (
    <p className="px-3 pt-1 font-display text-lg leading-tight font-semibold">
      {name} <span className="mt-0.5 block font-sans text-xs font-normal text-muted">{t.title}</span>
    </p>
  );
}

const isApple = () => /Mac|iP(hone|ad)/.test(navigator.userAgent);
const shortcutName = () => (isApple() ? '⌘ K' : 'Ctrl K');

/** Cmd-K or Ctrl-K, wherever one is; single letters stay with the fields. */
function useShortcut(open: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey) || event.isComposing) return;
      event.preventDefault();
      open();
    };
    addEventListener('keydown', onKeyDown);
    return () => removeEventListener('keydown', onKeyDown);
  }, [open]);
}
