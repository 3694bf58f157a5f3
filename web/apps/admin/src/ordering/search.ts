export const STATUSES = [
  'pending',
  'paid',
  'processing',
  'shipped',
  'delivered',
  'cancelled',
  'refunded',
  'partially_refunded',
] as const;
export type Status = (typeof STATUSES)[number];

export const SORTS = ['oldest', 'total', '-total'] as const;
export const CURRENCIES = ['CNY', 'EUR', 'GBP', 'HKD', 'JPY', 'TWD', 'USD'] as const;

/**
 * What chooses orders; it lives in the address and nowhere else. Days are whole and in UTC, amounts as people write them
 * (`12.50`), newest first unless `sort` says otherwise.
 */
export interface OrdersSearch {
  status?: Status;
  number?: string;
  email?: string;
  from?: string;
  to?: string;
  currency?: string;
  min?: string;
  max?: string;
  customer?: string;
  product?: string;
  sort?: (typeof SORTS)[number];
  view?: 'board';
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const AMOUNT = /^\d{1,12}([.]\d{1,3})?$/;
const ID = /^[0-9a-f-]{36}$/;
const CURRENCY = /^[A-Z]{3}$/;

const isDay = (value: string) => DAY.test(value) && !Number.isNaN(Date.parse(value));
const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '');
const like = (pattern: RegExp, value: unknown) => (pattern.test(text(value)) ? text(value) : '');

export function parseOrdersSearch(raw: Record<string, unknown>): OrdersSearch {
  const read: Record<keyof OrdersSearch, string | undefined> = {
    status: STATUSES.find((one) => one === raw.status),
    number: text(raw.number)
      .replace(/[^A-Za-z0-9-]/g, '')
      .slice(0, 20),
    email: text(raw.email).slice(0, 254),
    from: isDay(text(raw.from)) ? text(raw.from) : '',
    to: isDay(text(raw.to)) ? text(raw.to) : '',
    currency: like(CURRENCY, raw.currency),
    min: like(AMOUNT, raw.min),
    max: like(AMOUNT, raw.max),
    customer: like(ID, raw.customer),
    product: like(ID, raw.product),
    sort: SORTS.find((one) => one === raw.sort),
    view: raw.view === 'board' ? 'board' : '',
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value)) as OrdersSearch;
}
