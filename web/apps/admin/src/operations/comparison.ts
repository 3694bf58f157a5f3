import type { SalesOfCurrency, SalesOfPeriod } from './queries.ts';

export interface Figures {
  net: number;
  orders: number;
  /** Null without orders. */
  average: number | null;
  /** Null without checkouts. */
  conversion: number | null;
}

export interface Comparison {
  days: readonly SalesOfPeriod[];
  before: readonly SalesOfPeriod[];
  now: Figures;
  earlier: Figures;
}

/** The last `count` days beside those before them. */
export function compared(periods: readonly SalesOfPeriod[], count: number): Comparison {
  const days = periods.slice(-count);
  const before = periods.slice(0, -count).slice(-count);
  return { days, before, now: figures(days), earlier: figures(before) };
}

function figures(days: readonly SalesOfPeriod[]): Figures {
  const sum = (value: (day: SalesOfPeriod) => number) => days.reduce((total, day) => total + value(day), 0);
  const orders = sum((day) => day.orders);
  const checkouts = sum((day) => day.checkouts);
  return {
    net: sum((day) => day.net_amount),
    orders,
    average: orders ? Math.round(sum((day) => (day.average_order_amount ?? 0) * day.orders) / orders) : null,
    conversion: checkouts ? sum((day) => day.checkouts_paid) / checkouts : null,
  };
}

/** By how much something grew: 0.25 is a quarter more; null where there was nothing to compare with. */
export function growth(now: number | null, then: number | null): number | null {
  return now === null || then === null || then <= 0 ? null : now / then - 1;
}

/** The currency of most orders. */
export function busiest(sales: readonly SalesOfCurrency[]): string | undefined {
  return [...sales].sort((a, b) => b.total.orders - a.total.orders)[0]?.currency;
}
