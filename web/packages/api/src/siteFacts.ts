import { queryOptions, useQuery } from '@tanstack/react-query';
import beginning from '../../../site/site.json';
import { type Api, type Schemas, take } from './client.ts';
import { useApi } from './context.tsx';

/** What every page says of the shop. */
export type SiteFacts = Pick<Schemas['Site'], 'name' | 'email'> &
  Partial<Pick<Schemas['Site'], 'phone' | 'address' | 'logo' | 'time_zone'>>;

/** What a new shop begins with, and what stands in where the API does not answer. */
export const FIRST_FACTS: SiteFacts = beginning;

export const readSiteFacts = (api: Api): Promise<SiteFacts> =>
  take(api.GET('/api/v1/site', { params: { query: { fields: 'name,email,phone,address,logo,time_zone' } } }));

export const siteFactsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['site', 'facts'],
    queryFn: () => readSiteFacts(api),
  });

export function useSiteFacts(): SiteFacts {
  return useQuery(siteFactsQuery(useApi())).data ?? FIRST_FACTS;
}
