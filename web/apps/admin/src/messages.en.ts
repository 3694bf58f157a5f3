import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Administration',
  signInTitle: 'Sign in to the administration',
  toShop: 'Back to the shop',
};
