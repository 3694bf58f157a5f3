import { plural } from '@sharestack/i18n/plural.ts';
import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  loading: 'Loading the ways to pay…',
  retry: 'Try again',
  waitSeconds: (seconds) => `Please try again in ${plural(seconds, 'second', 'seconds')}.`,
  offline: 'The network is down, and nothing was charged. Try again once you are back.',
  failed: 'The payment could not be prepared, and nothing was charged. Please try again in a moment.',
  details: 'Problem ID',
  problems: {
    payment_blocked: 'This payment is not possible, and nothing was charged. Try again later, or write to us.',
    too_many_declined_payments:
      'Too many payments of this checkout were declined, so it has ended. Nothing was charged; please check out again from the cart.',
    payment_provider_unavailable: 'The payment provider does not answer, and nothing was charged.',
    payment_in_flight: 'The payment is being worked on.',
    request_in_flight: 'The payment is being worked on.',
    payment_refused: 'The payment provider refused this payment, and nothing was charged.',
    checkout_expired: 'The reservation is over, and nothing was charged.',
    checkout_not_found: 'There is no such checkout, and nothing was charged.',
    rate_limited: 'That was a little fast.',
  },
  resultTitle: 'Payment',
  checkingTitle: 'Confirming your payment',
  checkingBody: 'This usually takes a few seconds.',
  waitingTitle: 'Waiting for you to pay',
  waitingBody: 'Please complete the payment with your bank or wallet. This page goes on by itself.',
  backToPayment: 'Go back and pay another way',
  lateTitle: 'The payment is still being worked on',
  lateBody:
    'The bank has not given an answer yet. You can close this page: we will write to you once there is one. Please do not pay again.',
  toOrder: 'See the order',
  failedTitle: 'The payment did not go through',
  payAgain: 'Pay again',
  canceledTitle: 'This payment was canceled',
  canceledBody: 'Nothing was charged. The items may still be in your cart, and you can check out again.',
  toCart: 'Back to the cart',
  missingTitle: 'This payment cannot be shown here',
  missingBody:
    'It may have been made in another browser, or with another account. If it went through, the confirmation comes by email.',
  home: 'Back to the home page',
};
