import { stubApi } from '@sharestack/testing/api.ts';
import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { createApi } from './client.ts';
import { countryQuery, namedCountries, type SiteCountry, siteQuery } from './site.ts';

const country = (code: string): SiteCountry => ({
  code,
  is_delivered: true,
  has_regions: false,
  needs_region: false,
  needs_postal_code: false,
});

test('countries stand by their names in the language of the page', () => {
  const codes = ['ZA', 'DE', 'CN'].map(country);
  expect(namedCountries(codes, 'en').map(({ name }) => name)).toEqual(['China', 'Germany', 'South Africa']);
  expect(namedCountries(codes, 'zh-CN').map(({ name }) => name)).toEqual(['德国', '南非', '中国']);
});

test('a code without a name stands for itself', () => {
  expect(namedCountries([country('QZ')], 'en')[0]?.name).toBe('QZ');
});

test('the configuration is asked for once, and a country with its regions', async () => {
  const calls = stubApi({
    'GET /site': { name: 'Kontor', countries: [] },
    'GET /site/countries/CA': { ...country('CA'), regions: [{ code: 'ON', name: 'Ontario' }] },
  });
  const client = new QueryClient();
  const api = createApi();
  await client.fetchQuery(siteQuery(api));
  await expect(client.fetchQuery(siteQuery(api))).resolves.toMatchObject({ name: 'Kontor' });
  await expect(client.fetchQuery(countryQuery(api, 'CA'))).resolves.toMatchObject({ regions: [{ code: 'ON' }] });
  expect(calls.map(({ path }) => path)).toEqual(['/site', '/site/countries/CA']);
});
