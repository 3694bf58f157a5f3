import type { Schemas } from '@sharestack/api/client.ts';

type Order = Schemas['Order'];

const SECOND = 1000;
const SOON = 5 * SECOND;
const LATER = 30 * SECOND;
const DAY = 86_400 * SECOND;

export type StepName = 'placed' | 'paid' | 'packed' | 'shipped' | 'delivered' | 'cancelled' | 'refunded';

export interface Step {
  name: StepName;
  /** When it was taken; null where that is not recorded, or it was not taken yet. */
  at: string | null;
  isDone: boolean;
}

type StatusWord =
  | Schemas['OrderStatus']
  /** The payer has done their part, and the provider has not. */
  | 'paying'
  /** Paid, and nothing of it is shipped: files alone. */
  | 'ready'
  | 'partially_shipped';

/** Whether anything of it is sent by post. */
export const hasParcels = (order: Order) => order.items.some((item) => item.requires_shipping);

export function statusWord(order: Order): StatusWord {
  if (order.status === 'pending') return order.payment?.status === 'processing' ? 'paying' : 'pending';
  if (order.state === 'cancelled' || order.payment_status === 'refunded') return order.status;
  if (order.fulfilment_status === 'partially_shipped') return 'partially_shipped';
  return order.payment_status !== 'unpaid' && !hasParcels(order) ? 'ready' : order.status;
}

/** The way of an order, as far as it goes: what was cancelled or refunded ends there. */
export function stepsOf(order: Order): Step[] {
  const place = ['unfulfilled', 'processing', 'partially_shipped', 'shipped', 'delivered'].indexOf(
    order.fulfilment_status,
  );
  const steps: Step[] = [
    { name: 'placed', at: order.created_at, isDone: true },
    { name: 'paid', at: order.paid_at, isDone: order.paid_at !== null },
  ];
  if (hasParcels(order)) {
    steps.push(
      { name: 'packed', at: timeOf(order, 'processing'), isDone: place >= 1 },
      { name: 'shipped', at: order.shipments[0]?.shipped_at ?? timeOf(order, 'shipped'), isDone: place >= 3 },
      { name: 'delivered', at: timeOf(order, 'delivered'), isDone: place === 4 },
    );
  }
  const end = endOf(order);
  return end ? [...steps.filter((step) => step.isDone), end] : steps;
}

function endOf(order: Order): Step | null {
  if (order.state === 'cancelled') return { name: 'cancelled', at: order.cancelled_at, isDone: true };
  if (order.payment_status === 'refunded') return { name: 'refunded', at: timeOf(order, 'refunded'), isDone: true };
  return null;
}

function timeOf(order: Order, status: string): string | null {
  const entry = order.timeline.find((one) => one.kind === 'status' && one.status === status);
  return entry?.created_at ?? null;
}

/** Whether its customer may cancel it, as far as a page can know; the API decides. */
export function isCancellable(order: Order): boolean {
  if (order.state === 'cancelled' || order.payment_status === 'refunded') return false;
  return order.shipments.length === 0 && order.items.every((item) => item.handed_over_quantity === 0);
}

/** Whether it can still be paid. */
export function isPayable(order: Order, now: number): boolean {
  return order.status === 'pending' && order.payable_until !== null && Date.parse(order.payable_until) > now;
}

/** Minor units that went back, and that are on their way back. */
export function refundsOf(order: Order): { done: number; pending: number } {
  const sum = (status: string) =>
    order.timeline
      .filter((entry) => entry.kind === 'refund' && entry.status === status)
      .reduce((total, entry) => total + (entry.amount ?? 0), 0);
  return { done: sum('succeeded'), pending: sum('pending') };
}

/** Milliseconds until an order is worth another look; null where nothing is left to happen by itself. */
export function pauseOfOrder(order: Order, now: number): number | null {
  const { status, payment } = order;
  if (status === 'pending' && ['processing', 'requires_action'].includes(payment?.status ?? '')) return SOON;
  const isWaiting = order.state === 'open' || refundsOf(order).pending > 0;
  return isWaiting || isRefundOwed(order, now) || hasOpenReturns(order) ? LATER : null;
}

/** The refund is asked for with the cancelling; what takes longer than a day, a person looks after. */
function isRefundOwed(order: Order, now: number): boolean {
  if (order.state !== 'cancelled' || order.cancelled_at === null) return false;
  const isSettled = order.paid_at === null || order.total_amount === 0 || order.payment_status === 'refunded';
  return !isSettled && now - Date.parse(order.cancelled_at) < DAY;
}

function hasOpenReturns(order: Order): boolean {
  const last = new Map(
    order.timeline.filter(({ kind }) => kind === 'return').map(({ reference, status }) => [reference, status]),
  );
  return [...last.values()].some((status) => status === 'requested' || status === 'approved');
}

/** Whether there can be files: only what is not shipped has any, and only once it is paid. */
export const hasFiles = (order: Order): boolean =>
  order.paid_at !== null && order.items.some((item) => !item.requires_shipping);

/** Whether something of it has been delivered, and could be sent back. */
export const hasArrived = (order: Order): boolean => order.shipments.some((shipment) => shipment.delivered_at !== null);
