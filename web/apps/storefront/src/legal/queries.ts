import { type Api, take } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { queryOptions } from '@tanstack/react-query';

export const legalPageQuery = (api: Api, name: string, language: Locale) =>
  queryOptions({
    queryKey: ['site', 'legal', name, language],
    queryFn: () =>
      take(
        api.GET('/api/v1/site/legal/{name}', {
          params: { path: { name }, query: { language, fields: 'title,html' } },
        }),
      ).then(({ title, html }) => ({ title, html })),
  });
