import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  columns: 'Columns',
  chooseColumns: 'Choose the columns to show',
  exportCsv: 'Export CSV',
  exportHint: 'Exports the rows that are loaded',
  more: 'Load more',
  loadingMore: 'Loading…',
  moreFailed: 'More did not load.',
  again: 'Try again',
  filters: 'Filters',
  apply: 'Apply',
  clear: 'Clear filters',
  any: 'All',
  sort: 'Sort',
  ascending: (column) => `${column}, ascending`,
  descending: (column) => `${column}, descending`,
  sortBy: (column) => `Sort by ${column}`,
  rows: (count, isMore) => `${plural(count, 'row', 'rows')}${isMore ? ', and more' : ''}`,
};
