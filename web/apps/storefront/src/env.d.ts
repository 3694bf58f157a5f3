declare module 'virtual:shell' {
  export const html: string;
  export const chunks: Record<string, string[]>;
}

declare module 'virtual:legal' {
  import type { Locale } from '@sharestack/i18n/locale.tsx';

  export type LegalName = 'imprint' | 'terms' | 'privacy' | 'returns';
  export const pages: Record<LegalName, Record<Locale, { title: string; html: string }>>;
}
