import { LOCALES, type Locale } from './locale.tsx';

const NAME = 'locale';

/** Of pages behind a sign-in, which are in no index and have one address: the language that was chosen, or the browser's. */
export function chosenLocale(): Locale {
  let stored: string | null = null;
  try {
    stored = localStorage.getItem(NAME);
  } catch {
    // Storage can be forbidden; then the browser's language is shown.
  }
  return LOCALES.find((one) => one === stored) ?? (navigator.language.startsWith('zh') ? 'zh-CN' : 'en');
}

export function chooseLocale(locale: Locale): void {
  document.documentElement.lang = locale;
  try {
    localStorage.setItem(NAME, locale);
  } catch {
    // The choice then lasts as long as the page.
  }
}
