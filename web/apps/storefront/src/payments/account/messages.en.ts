import type { zh } from './messages.zh.ts';

const monthOf = (month: number, year: number) => `${String(month).padStart(2, '0')}/${year}`;

export const en: typeof zh = {
  payments: 'Payments',
  paymentsLead: 'Every payment and refund, newest first.',
  noPaymentsTitle: 'No payments yet',
  noPaymentsBody: 'What you pay is recorded here.',
  goShopping: 'Look around',
  status: {
    requires_payment: 'Not paid yet',
    requires_action: 'Waits for you',
    processing: 'Under way',
    failed: 'Did not work',
    succeeded: 'Paid',
    canceled: 'Void',
    partially_refunded: 'Partly refunded',
    refunded: 'Refunded in full',
  },
  refunded: 'Refunded',
  toOrder: 'Show the order',
  paymentOf: (day, amount) => `Payment of ${amount} on ${day}, show the order`,
  cardEnding: (brand, last4) => `${brand} ending in ${last4}`,
  methods: 'Payment methods',
  methodsLead:
    'Save one, and paying is quicker next time. Card numbers are kept by the payment provider; we never see them.',
  noMethodsTitle: 'Nothing saved yet',
  noMethodsBody: 'Add a card, and you need not type it in at checkout.',
  expires: (month, year) => `Valid until ${monthOf(month, year)}`,
  expired: (month, year) => `Expired ${monthOf(month, year)}`,
  add: 'Add a payment method',
  addTitle: 'Add a payment method',
  opening: 'Opening the secure form…',
  cancel: 'Not now',
  saved: 'Saved.',
  notSaved: 'It was not saved: the bank did not confirm it. You can try again, or use another card.',
  remove: 'Delete',
  removeOf: (name) => `Delete ${name}`,
  removeTitle: 'Delete this payment method?',
  removeBody: (name) =>
    `${name} leaves your account, and has to be typed in again to pay. Payments made so far stay as they are.`,
  keep: 'Keep it',
  removed: 'Deleted.',
  offline: 'The network is down, and this was not done. Try again once you are back.',
  failed: 'That did not work. Please try again in a moment.',
  waitSeconds: (seconds) => `That was a little fast. Please try again in ${seconds} s.`,
  problemId: 'Problem id',
  problems: {
    payment_provider_unavailable: 'The payment provider does not answer. Please try again in a moment.',
    rate_limited: 'That was a little fast. Please wait a moment.',
  },
};
