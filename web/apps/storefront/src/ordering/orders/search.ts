import type { OrderStatus } from './queries.ts';

export const LISTED_STATUSES = [
  'pending',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
] as const satisfies readonly OrderStatus[];

export interface OrdersSearch {
  status?: (typeof LISTED_STATUSES)[number];
}

export function parseOrdersSearch(raw: Record<string, unknown>): OrdersSearch {
  const status = LISTED_STATUSES.find((one) => one === raw.status);
  return status ? { status } : {};
}

export interface OrderSearch {
  /** A guest's, from the link in a letter. */
  token?: string;
}

export function parseOrderSearch(raw: Record<string, unknown>): OrderSearch {
  return typeof raw.token === 'string' && raw.token !== '' ? { token: raw.token.slice(0, 200) } : {};
}
