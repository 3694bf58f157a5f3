declare module 'virtual:shell' {
  import type { Locale } from '@sharestack/i18n/locale.tsx';

  export const shells: Record<Locale, { html: string; chunks: Record<string, string[]> }>;
}

declare module 'virtual:legal' {
  import type { Locale } from '@sharestack/i18n/locale.tsx';

  export type LegalName = 'imprint' | 'terms' | 'privacy' | 'returns';
  export const pages: Record<LegalName, Record<Locale, { title: string; html: string }>>;
}
