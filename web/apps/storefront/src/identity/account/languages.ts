import { LOCALE_NAMES, LOCALES, type Locale } from '@sharestack/i18n/locale.tsx';

/** Languages that letters are written in; an account may have another, and gets the nearest of them. */
export function languageChoices(chosen: string): readonly string[] {
  return LOCALES.includes(chosen as Locale) ? LOCALES : [chosen, ...LOCALES];
}

/** A language in its own words where letters have it, else in those of the page. */
export function languageName(tag: string, page: Locale): string {
  return LOCALE_NAMES[tag as Locale] ?? new Intl.DisplayNames(page, { type: 'language' }).of(tag) ?? tag;
}
