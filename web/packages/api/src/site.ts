import { queryOptions } from '@tanstack/react-query';
import { type Api, type Schemas, take } from './client.ts';

export type Site = Schemas['Site'];
export type SiteCountry = Schemas['SiteCountry'];
export type CountryRegion = Schemas['CountryRegion'];

const HOUR = 3_600_000;

/** What the shop is: currencies, countries and what an address needs there, carriers, limits. Asked for once a visit. */
export const siteQuery = (api: Api) =>
  queryOptions({
    queryKey: ['site'],
    queryFn: () => take(api.GET('/api/v1/site')),
    staleTime: HOUR,
  });

/** A country with its regions, for the address form. */
export const countryQuery = (api: Api, country: string) =>
  queryOptions({
    queryKey: ['site', 'countries', country],
    queryFn: () => take(api.GET('/api/v1/site/countries/{country}', { params: { path: { country } } })),
    staleTime: HOUR,
  });

/** Countries by their names in a language, as people look for them. */
export function namedCountries(countries: readonly SiteCountry[], locale: string): (SiteCountry & { name: string })[] {
  const names = new Intl.DisplayNames(locale, { type: 'region' });
  const collator = new Intl.Collator(locale);
  return countries
    .map((country) => ({ ...country, name: names.of(country.code) ?? country.code }))
    .sort((a, b) => collator.compare(a.name, b.name));
}
