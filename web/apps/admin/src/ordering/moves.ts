import type { Move, OrderRow } from './queries.ts';

export const MOVES: readonly Move[] = ['processing', 'shipped', 'delivered'];

/** From which states of its goods an order can go on; the API knows what is left of it, and has the last word. */
const FROM: Record<Move, readonly OrderRow['fulfilment_status'][]> = {
  processing: ['unfulfilled'],
  shipped: ['unfulfilled', 'processing', 'partially_shipped'],
  delivered: ['shipped'],
};

const PAID: readonly OrderRow['payment_status'][] = ['paid', 'partially_refunded'];

export const canMove = ({ state, payment_status, fulfilment_status }: OrderRow, to: Move): boolean =>
  state === 'open' && PAID.includes(payment_status) && FROM[to].includes(fulfilment_status);
