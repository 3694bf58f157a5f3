import type { Locale } from './locale.tsx';

const HAN = /\p{Script=Han}/u;

/** `lang` of a text that a person wrote, where it differs from the page's: the API does not say it, the script does. */
export function langOf(text: string, page: Locale): string | undefined {
  const lang: Locale = HAN.test(text) ? 'zh-CN' : 'en';
  return lang === page ? undefined : lang;
}
