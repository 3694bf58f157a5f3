import type { Api } from '@sharestack/api/client.ts';
import { ApiProvider } from '@sharestack/api/context.tsx';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { SessionProvider } from '@sharestack/session/context.tsx';
import type { Session } from '@sharestack/session/session.ts';
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
  /** A browser's; a server renders for nobody in particular. */
  session: Session | null;
  site: { origin: string; collect?: (tags: HeadTag[], status: number) => void };
}

export function App({ router, api, queryClient, locale, session, site: place }: Props) {
  return (
    <LocaleProvider locale={locale}>
      <SiteProvider site={{ name: site.name, ...place }}>
        <ApiProvider api={api}>
          <QueryClientProvider client={queryClient}>
            <SessionProvider session={session}>
              <RouterProvider router={router} />
            </SessionProvider>
          </QueryClientProvider>
        </ApiProvider>
      </SiteProvider>
    </LocaleProvider>
  );
}
