import { createContext, type ReactNode, useContext } from 'react';

export type Locale = 'zh-CN' | 'en';
export const LOCALES: readonly Locale[] = ['zh-CN', 'en'];
export const LOCALE_NAMES: Record<Locale, string> = { 'zh-CN': '中文', en: 'English' };

const PREFIXES: Record<Locale, string> = { 'zh-CN': '', en: '/en' };

/** The language of a page is in its path: `/…` is Chinese, `/en/…` English. No header and no cookie decides. */
export function localeOf(path: string): Locale {
  return path === '/en' || path.startsWith('/en/') ? 'en' : 'zh-CN';
}

/** What a router takes off every path before it looks at it. */
export function basePath(locale: Locale): string {
  return PREFIXES[locale] || '/';
}

/** The path of the same page in `locale`; `path` may be in any language. Home pages are `/` and `/en/`. */
export function pathIn(locale: Locale, path: string): string {
  const plain = localeOf(path) === 'en' ? path.slice(3) || '/' : path;
  return PREFIXES[locale] + plain;
}

const LocaleContext = createContext<Locale>('zh-CN');

export function LocaleProvider({ locale, children }: { locale: Locale; children: ReactNode }) {
  return <LocaleContext value={locale}>{children}</LocaleContext>;
}

export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/** Texts of one place in both languages; `en: typeof zh` makes a missing text a type error. */
export type Texts<T> = Record<Locale, T>;

export function useTexts<T>(texts: Texts<T>): T {
  return texts[useLocale()];
}
