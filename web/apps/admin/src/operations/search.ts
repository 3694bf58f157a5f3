export const RANGES = [7, 30, 90] as const;
export type Range = (typeof RANGES)[number];
export const DEFAULT_RANGE: Range = 30;

/** What the overview shows, in its address; what is usual is left out. */
export interface OverviewSearch {
  days?: Range;
  currency?: string;
}

export function parseOverviewSearch(raw: Record<string, unknown>): OverviewSearch {
  const days = RANGES.find((one) => one === Number(raw.days) && one !== DEFAULT_RANGE);
  const currency = /^[A-Z]{3}$/.test(String(raw.currency)) ? String(raw.currency) : undefined;
  return { ...(days ? { days } : {}), ...(currency ? { currency } : {}) };
}
