import { readSearch } from '@sharestack/console/readSearch.ts';

export const RANGES = ['7', '30', '90', '365'] as const;
export const DEFAULT_RANGE = '30';

export const parseMetricsSearch = (raw: Record<string, unknown>) => readSearch(raw, { days: RANGES });
export type MetricsSearch = ReturnType<typeof parseMetricsSearch>;
