import type { Api } from '@sharestack/api/client.ts';
import { ApiProvider } from '@sharestack/api/context.tsx';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import type { HeadTag } from '@sharestack/ui/head.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import site from '../../../../site/site.json';
import type { AppRouter } from './router.ts';

interface Props {
  router: AppRouter;
  api: Api;
  queryClient: QueryClient;
  locale: Locale;
  site: { origin: string; collect?: (tags: HeadTag[], status: number) => void };
}

export function App({ router, api, queryClient, locale, site: place }: Props) {
  return (
    <LocaleProvider locale={locale}>
      <SiteProvider site={{ name: site.name, ...place }}>
        <ApiProvider api={api}>
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </ApiProvider>
      </SiteProvider>
    </LocaleProvider>
  );
}
