import { useTexts } from '@sharestack/i18n/locale.tsx';
import { chooseTheme, chosenTheme, type Theme } from '@sharestack/ui/theme.ts';
import { useEffect, useState } from 'react';
import { texts } from '../texts.ts';

export function ThemeSelect() {
  const t = useTexts(texts);
  // The server does not know it; until the page is alive there is nothing to choose with.
  const [theme, setTheme] = useState<Theme | null>(null);
  useEffect(() => setTheme(chosenTheme()), []);
  const change = (next: Theme) => {
    chooseTheme(next);
    setTheme(next);
  };
  return (
    <label className="inline-flex flex-wrap items-center gap-2 text-sm text-muted">
      {t.theme}
      <select
        value={theme ?? 'system'}
        disabled={theme === null}
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
