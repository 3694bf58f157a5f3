import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Administration',
  toShop: 'Back to the shop',
};
