import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type Dashboard = Schemas['Dashboard'];
export type MetricExport = Schemas['MetricExport'];
export type Dataset = Schemas['NewMetricExport']['dataset'];

const DAY = 86_400_000;

/** The last `days` days with today, as the API counts them (UTC unless the shop says otherwise). */
export function rangeOf(days: number): { from: string; to: string } {
  const day = (offset: number) => new Date(Date.now() - offset * DAY).toISOString().slice(0, 10);
  return { from: day(days - 1), to: day(0) };
}

/** Users, engagement, growth, health and trends of a range, in one answer. */
export const dashboardQuery = (api: Api, days: number) =>
  queryOptions({
    queryKey: ['metrics', 'dashboard', days],
    queryFn: () => take(api.GET('/api/v1/metrics/dashboard', { params: { query: rangeOf(days) } })),
  });

/** Asks for a file of a dataset; it is written afterwards. */
export const askForFile = (api: Api, dataset: NonNullable<Dataset>, days: number) => {
  const { from, to } = rangeOf(days);
  const body = { dataset, format: 'csv', first_day: from, last_day: to } as const;
  return take(api.POST('/api/v1/metrics/exports', { body }));
};

const SOON = 1_500;

/** Looks whether a file is written, until it is. */
export const fileQuery = (api: Api, id: string) =>
  queryOptions({
    queryKey: ['metrics', 'file', id],
    queryFn: () => take(api.GET('/api/v1/metrics/exports/{export_id}', { params: { path: { export_id: id } } })),
    refetchInterval: ({ state }) => (state.data?.status === 'pending' || !state.data ? SOON : false),
  });
