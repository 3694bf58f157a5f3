import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { queryOptions } from '@tanstack/react-query';

export type SalesOfCurrency = Schemas['SalesOfCurrency'];
export type SalesOfPeriod = Schemas['SalesOfPeriod'];
export type Counters = Schemas['Counters'];

const DAY = 86_400_000;
const LIST = 5;

/** `days` days up to today and as many before, to compare with; the shop's time zone decides which day it is. */
export const salesQuery = (api: Api, days: number) =>
  queryOptions({
    queryKey: ['analytics', 'sales', days],
    queryFn: () => {
      // One more on each side: somewhere it is a day earlier or later than here.
      const from = new Date(Date.now() - (2 * days + 1) * DAY).toISOString().slice(0, 10);
      return take(api.GET('/api/v1/admin/analytics', { params: { query: { from } } }));
    },
    select: ({ sales }) => sales,
  });

/** As the shell asks for it: one answer for badges and for the list of what waits. */
export const countersQuery = (api: Api) =>
  queryOptions({ queryKey: ['counters'], queryFn: () => take(api.GET('/api/v1/admin/counters')) });

export const bestSellersQuery = (api: Api, currency: string) =>
  queryOptions({
    queryKey: ['analytics', 'best-sellers', currency],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/analytics/products', {
          params: { query: { currency, interval: 'month', by: 'revenue', limit: LIST } },
        }),
      ),
    select: ({ products }) => products,
  });

export const lowStockQuery = (api: Api) =>
  queryOptions({
    queryKey: ['inventory', 'lowest'],
    queryFn: () => take(api.GET('/api/v1/admin/inventory', { params: { query: { low: true, limit: LIST } } })),
    select: ({ items }) => items,
  });

export const latestOrdersQuery = (api: Api) =>
  queryOptions({
    queryKey: ['orders', 'latest'],
    queryFn: () =>
      take(
        api.GET('/api/v1/admin/orders', {
          params: { query: { limit: LIST + 2, fields: 'id,number,status,currency,total_amount,created_at,email' } },
        }),
      ),
    select: ({ items }) => items,
  });

export type Health = 'ready' | 'failing';

/** Whether what requests need answers; that it does not is an answer as well. */
export const healthQuery = (api: Api) =>
  queryOptions({
    queryKey: ['health'],
    queryFn: async (): Promise<Health> => {
      try {
        await take(api.GET('/health/ready'));
        return 'ready';
      } catch (error) {
        if (error instanceof ApiProblem && error.code === 'not_ready') return 'failing';
        throw error;
      }
    },
  });
