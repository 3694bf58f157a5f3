import { useTexts } from '@sharestack/i18n/locale.tsx';
import { chooseTheme, chosenTheme, type Theme } from '@sharestack/ui/theme.ts';
import { useState } from 'react';
import { texts } from '../texts.ts';

/** Comes once the page is alive: a server does not know what was chosen, and until then there is nothing to choose with. */
export function ThemeSelect() {
  const t = useTexts(texts);
  const [theme, setTheme] = useState(chosenTheme);
  const change = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <label className="inline-flex flex-wrap items-center gap-2 text-sm text-muted">
      {t.theme}
      <select
        value={theme}
        onChange={(event) => change(event.target.value as Theme)}
        className="min-h-11 rounded-control border border-control bg-surface px-3 text-ink"
      >
        <option value="system">{t.themeSystem}</option>
        <option value="light">{t.themeLight}</option>
        <option value="dark">{t.themeDark}</option>
      </select>
    </label>
  );
}
