import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSite } from '@sharestack/ui/PageHead.tsx';
import { texts } from '../texts.ts';
import { LanguageLink } from './LanguageLink.tsx';
import { ThemeSelect } from './ThemeSelect.tsx';

export function Footer() {
  const t = useTexts(texts);
  const { name } = useSite();
  return (
    <footer className="border-t border-line bg-sunken print:hidden">
      <div className="page flex flex-wrap items-center justify-between gap-6 py-10">
        <div>
          <p className="font-display text-lg font-semibold">{name}</p>
          <p className="mt-1 text-sm text-muted">{t.tagline}</p>
        </div>
        <div className="flex items-center gap-6">
          <LanguageLink className="text-sm underline underline-offset-4" />
          <ThemeSelect />
        </div>
      </div>
    </footer>
  );
}
