declare module 'virtual:shell' {
  import type { Locale } from '@sharestack/i18n/locale.tsx';

  export const shells: Record<Locale, { html: string; chunks: Record<string, string[]> }>;
}
