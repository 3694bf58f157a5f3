import { LOCALE_NAMES, LOCALES, type Locale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { chooseTheme, chosenTheme, type Theme } from '@sharestack/ui/theme.ts';
import { ChevronDown, LogOut, UserRound } from 'lucide-react';
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react';
import { usePreferences } from '../PreferencesContext.tsx';
import type { Density } from '../preferences.ts';
import { texts } from '../texts.ts';

/** Who is signed in, how they want to see things, and the way out. */
export function AccountMenu() {
  const t = useTexts(texts);
  const session = useSession();
  const state = useSessionState();
  const menu = useRef<HTMLDetailsElement>(null);
  const user = state.status === 'signed-in' ? state.user : null;
  const close = () => menu.current?.removeAttribute('open');
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || !menu.current?.open) return;
    close();
    menu.current.querySelector('summary')?.focus();
  };
  return (
    <details
      ref={menu}
      className="relative"
      onKeyDown={onKeyDown}
      onBlur={({ currentTarget, relatedTarget }) => relatedTarget && !currentTarget.contains(relatedTarget) && close()}
    >
      <summary className="flex min-h-11 max-w-48 items-center gap-2 rounded-control px-2 text-sm hover:bg-sunken">
        <UserRound className="size-5 shrink-0" aria-hidden="true" />
        <span className="sr-only">{t.account}</span>
        <bdi className="truncate max-sm:hidden">{user?.full_name}</bdi>
        <ChevronDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
      </summary>
      <div className="absolute right-0 mt-1 w-72 rounded-card border border-line bg-surface p-4 shadow-lg">
        <p className="truncate font-medium" dir="auto">
          {user?.full_name}
        </p>
        <p className="truncate text-sm text-muted">{user?.email}</p>
        <hr className="my-3 border-line" />
        <Choices />
        <hr className="my-3 border-line" />
        <button
          type="button"
          className="flex min-h-11 w-full items-center gap-3 rounded-control px-2 text-sm hover:bg-sunken"
          onClick={() => void session.signOut()}
        >
          <LogOut className="size-4.5" aria-hidden="true" />
          {t.signOut}
        </button>
      </div>
    </details>
  );
}

function Choices() {
  const t = useTexts(texts);
  const { locale, onLocale, density, onDensity } = usePreferences();
  const [theme, setTheme] = useState<Theme>(chosenTheme);
  const onTheme = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <div className="space-y-2">
      <Choice label={t.language} value={locale} onChange={(value) => onLocale(value as Locale)}>
        {LOCALES.map((one) => (
          <option key={one} value={one} lang={one}>
            {LOCALE_NAMES[one]}
          </option>
        ))}
      </Choice>
      <Choice label={t.theme} value={theme} onChange={(value) => onTheme(value as Theme)}>
        <option value="system">{t.themeSystem}</option>
        <option value="light">{t.themeLight}</option>
        <option value="dark">{t.themeDark}</option>
      </Choice>
      <Choice label={t.density} value={density} onChange={(value) => onDensity(value as Density)}>
        <option value="roomy">{t.roomy}</option>
        <option value="dense">{t.dense}</option>
      </Choice>
    </div>
  );
}

interface ChoiceProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
  children: ReactNode;
}

function Choice({ label, value, onChange, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className="flex items-center justify-between gap-3 text-sm">
      <label htmlFor={id} className="text-muted">
        {label}
      </label>
      <select
        id={id}
        value={value}
        className="min-h-11 w-36 rounded-control border border-control bg-surface px-2 sm:min-h-9"
        onChange={(event) => onChange(event.target.value)}
      >
        {children}
      </select>
    </div>
  );
}
