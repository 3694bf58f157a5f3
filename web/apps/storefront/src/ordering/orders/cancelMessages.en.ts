import type { zh } from './cancelMessages.zh.ts';

export const en: typeof zh = {
  cancelTitle: 'Cancel this order?',
  cancelUnpaid: 'Your things go back to the cart; you can order them again whenever you like.',
  cancelPaid: (amount) =>
    `The ${amount} that you paid go back the way they came. How long that takes is up to your bank.`,
  cancelFinal: 'This cannot be undone.',
  cancelReason: 'Reason (optional)',
  cancelReasonHint: 'For the shop only; it helps us to do better.',
  keep: 'Keep the order',
};
