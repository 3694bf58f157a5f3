import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  asTable: 'Show as a table',
  noData: 'There is no data for this time yet.',
  keys: 'The arrow keys go from point to point.',
  point: (label, values) => `${label}: ${values}`,
};
