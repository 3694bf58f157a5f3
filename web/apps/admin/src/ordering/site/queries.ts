import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type SiteSettings = Schemas['SiteSettings'];
export type SiteTerms = Omit<Schemas['SiteSettingsReplacement'], 'version'>;
export type LegalText = Schemas['LegalText'];

/** What is told of the shop: every page's facts, and the configuration. */
export const SITE_KEY = ['site'] as const;

export const settingsQuery = (api: Api) =>
  queryOptions({
    queryKey: ['settings'],
    queryFn: () => take(api.GET('/api/v1/admin/site')),
    staleTime: 0,
  });

export const replaceSettings = (api: Api, terms: SiteTerms, version: number) =>
  take(api.PUT('/api/v1/admin/site', { body: { ...terms, version } }));

/** What a form does not change is sent as it is stored. */
export const termsOf = ({ name, email, phone, address, time_zone, logo_id }: SiteSettings): SiteTerms => ({
  name,
  email,
  phone,
  address,
  time_zone,
  logo_id,
});

const text = (name: string, language: string) => ({ params: { path: { name, language } } });

export const legalTextQuery = (api: Api, name: string, language: string) =>
  queryOptions({
    queryKey: ['settings', 'legal', name, language],
    queryFn: () => take(api.GET('/api/v1/admin/site/legal/{name}/{language}', text(name, language))),
    staleTime: 0,
  });

export const replaceLegalText = (api: Api, { name, language }: LegalText, markdown: string, version: number) =>
  take(api.PUT('/api/v1/admin/site/legal/{name}/{language}', { ...text(name, language), body: { markdown, version } }));
