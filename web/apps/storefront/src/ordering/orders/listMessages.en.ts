import type { zh } from './listMessages.zh.ts';

export const en: typeof zh = {
  orders: 'Orders',
  ordersLead: 'Everything you have bought, newest first.',
  filter: 'By status',
  all: 'All',
  filters: {
    pending: 'Not paid',
    paid: 'To be shipped',
    processing: 'Being packed',
    shipped: 'Shipped',
    delivered: 'Delivered',
    cancelled: 'Cancelled',
    refunded: 'Refunded',
  },
  noOrdersTitle: 'No orders yet',
  noOrdersBody: 'What you buy appears here: follow it, return it, find its invoice.',
  noSuchOrders: 'There are no orders like that.',
  showAll: 'Show all orders',
  goShopping: 'Look around',
  returnsTitle: 'Returns',
  returnsLead: 'What you have sent back, and the refunds.',
  noReturnsTitle: 'No returns',
  noReturnsBody: 'To return something, open its order and press “Return something”.',
};
