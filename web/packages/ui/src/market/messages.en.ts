import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  label: 'Colours of rises and falls',
  hint: 'Kept in this browser alone.',
  markets: { usual: 'As usual in English (green is up)', 'red-up': 'Red is up', 'green-up': 'Green is up' },
  up: 'Up',
  down: 'Down',
};
