import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  title: 'Inventory',
  product: 'Product',
  sku: 'SKU',
  skuFilter: 'SKU (whole)',
  stock: 'Stock',
  low: 'Low',
  enough: 'Enough',
  onHand: 'On hand',
  reserved: 'Reserved',
  owed: 'Owed',
  available: 'Available',
  threshold: 'Low below',
  none: 'There are no variants yet.',
  noneBody: 'Their stock comes here when there are products.',
  noMatch: 'No variant matches',
  noMatchBody: 'Please change the filters. An SKU has to be whole.',
  clear: 'Clear filters',
};
