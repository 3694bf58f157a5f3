import { LOCALES, pathIn, useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useLocation } from '@tanstack/react-router';
import { texts } from '../texts.ts';

/** The same page in the other language: a plain link, because the language is a part of the address. */
export function LanguageLink({ className = '' }: { className?: string }) {
  const t = useTexts(texts);
  const locale = useLocale();
  const { pathname, searchStr } = useLocation();
  const other = LOCALES.find((one) => one !== locale) ?? locale;
  return (
    <a href={pathIn(other, pathname) + searchStr} hrefLang={other} lang={other} className={className}>
      {t.otherLanguage}
    </a>
  );
}
