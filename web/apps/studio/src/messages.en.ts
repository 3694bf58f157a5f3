import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Studio',
  toShop: 'Back to the shop',
};
