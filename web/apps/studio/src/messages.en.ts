import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Studio',
  signInTitle: 'Sign in to the studio',
  toShop: 'Back to the shop',
};
