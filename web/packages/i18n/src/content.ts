import type { Locale } from './locale.tsx';

const SCRIPTS: [RegExp, string][] = [
  [/[\p{Script=Hiragana}\p{Script=Katakana}]/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Han}/u, 'zh-CN'],
];

/** `lang` of a text that a person wrote, where it differs from the page's: the API does not say it, the script does. */
export function langOf(text: string, page: Locale): string | undefined {
  const lang = SCRIPTS.find(([script]) => script.test(text))?.[1] ?? 'en';
  return lang === page ? undefined : lang;
}
