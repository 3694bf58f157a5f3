import type { zh } from './messages.zh.ts';

export const en: typeof zh = {
  savedMethods: 'Saved ways to pay',
  otherMethod: 'Pay another way',
  savedCard: (brand, last4) => `${brand} ending in ${last4}`,
  expires: (month, year) => `expires ${String(month).padStart(2, '0')}/${year}`,
  paying: 'Paying. Please keep this page open…',
  saving: 'Saving…',
  save: 'Save this way to pay',
  loadFailed: 'The ways to pay could not be loaded.',
  loadFailedBody: 'The network may be down, or an extension of the browser may be in the way. Nothing was charged.',
  retry: 'Try again',
  unknownProvider: 'This page is too old to know this way of paying. Please reload it.',
  waiting: 'Nothing has been paid yet. Try again, or choose another way to pay.',
  lost: 'The network is down, so we do not know yet whether the payment went through. Press again once you are back: you will not be charged twice.',
  failed: 'The payment did not go through, and nothing was charged. Try again, or choose another way to pay.',
  saveFailed: 'It could not be saved. Please try again, or use another card.',
  declines: {
    insufficient_funds: 'There is not enough money on this card; nothing was charged. Try another card or way to pay.',
    expired_card: 'This card has expired. Please use another one.',
    incorrect_cvc: 'The security code is wrong. Please check it and try again.',
    incorrect_number: 'The card number is wrong. Please check it and try again.',
    processing_error: 'The bank had a problem, and nothing was charged. Please try again in a moment.',
    card_velocity_exceeded:
      'This card was used too often in a short time, and the bank declined it. Try later, or another card.',
    authentication_required: 'The bank wants to check that it is you. Please try again and complete the check.',
    payment_intent_authentication_failure:
      'The check by your bank was not passed, and nothing was charged. Try again, or choose another way to pay.',
    setup_intent_authentication_failure:
      'The check by your bank was not passed, and nothing was saved. Try again, or use another card.',
    payment_intent_payment_attempt_expired: 'The time to pay is over, and nothing was charged. Please try again.',
  },
  declined: 'The bank declined this card, and nothing was charged. Try another card, or another way to pay.',
};
