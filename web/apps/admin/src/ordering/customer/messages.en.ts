import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  totals: 'In all',
  orderCount: 'Orders',
  lastOrder: 'Last order',
  paidIn: (currency) => `Paid, in ${currency}`,
  refundedIn: (currency) => `Of it refunded, in ${currency}`,
  ofOrders: (count) => plural(count, 'order', 'orders'),
  nothingOrdered: 'Has not ordered anything yet.',
  orders: 'Orders',
  allOrders: 'All orders',
  noOrders: 'No orders.',
  returns: 'Returns',
  allReturns: 'All returns',
  noReturns: 'No returns.',
};
