import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  columns: 'Columns',
  chooseColumns: 'Choose the columns to show',
  exportCsv: 'Export CSV',
  exportRows: (count) => `Export CSV (${plural(count, 'row', 'rows')})`,
  exportLoaded: (count) => `The ${plural(count, 'row', 'rows')} that are loaded`,
  exportAll: (most) => `All, up to ${plural(most, 'row', 'rows')}`,
  reading: (count) => `${plural(count, 'row', 'rows')} read…`,
  exported: (count, isWhole) =>
    isWhole
      ? `${plural(count, 'row', 'rows')} exported.`
      : `The first ${plural(count, 'row', 'rows')} exported; choose filters for the others.`,
  exportFailed: 'Not all of it could be read, so that there is no file.',
  cancel: 'Cancel',
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
