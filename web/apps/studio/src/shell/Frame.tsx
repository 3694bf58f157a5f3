import { LOCALE_NAMES, LOCALES, type Locale, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { chooseTheme, chosenTheme, type Theme } from '@sharestack/ui/theme.ts';
import { type ReactNode, useState } from 'react';
import { texts } from './texts.ts';

const LINK = 'inline-flex min-h-11 items-center px-2 text-sm underline-offset-4 hover:underline';

/** What is around every page of the studio: where one is, language and theme, the way out. */
export function Frame({ onLocale, children }: { onLocale: (locale: Locale) => void; children: ReactNode }) {
  const t = useTexts(texts);
  const { name } = useSite();
  const session = useSession();
  const isSignedIn = useSessionState().status === 'signed-in';
  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#content"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-ink px-4 py-2 text-paper focus:translate-y-0"
      >
        {t.skip}
      </a>
      <header className="border-b border-line bg-surface">
        <div className="page flex min-h-14 flex-wrap items-center gap-x-1 sm:gap-x-4">
          <p className="grow py-2 font-display text-lg font-semibold">
            {name} <span className="ml-1 font-sans text-sm font-normal text-muted">{t.title}</span>
          </p>
          <a href="/" className={LINK}>
            {t.toShop}
          </a>
          {isSignedIn && (
            <button type="button" className={LINK} onClick={() => void session.signOut()}>
              {t.signOut}
            </button>
          )}
        </div>
      </header>
      <main id="content" className="page grow py-8 sm:py-12">
        {children}
      </main>
      <footer className="border-t border-line">
        <div className="page flex flex-wrap gap-x-6 gap-y-2 py-4 text-sm text-muted">
          <Choices onLocale={onLocale} />
        </div>
      </footer>
    </div>
  );
}

const SELECT = 'ml-2 min-h-11 rounded-control border border-control bg-surface px-3 text-ink';

function Choices({ onLocale }: { onLocale: (locale: Locale) => void }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const onTheme = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <>
      <label>
        {t.language}
        <select value={locale} className={SELECT} onChange={(event) => onLocale(event.target.value as Locale)}>
          {LOCALES.map((one) => (
            <option key={one} value={one} lang={one}>
              {LOCALE_NAMES[one]}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t.theme}
        <select value={theme} className={SELECT} onChange={(event) => onTheme(event.target.value as Theme)}>
          <option value="system">{t.themeSystem}</option>
          <option value="light">{t.themeLight}</option>
          <option value="dark">{t.themeDark}</option>
        </select>
      </label>
    </>
  );
}
