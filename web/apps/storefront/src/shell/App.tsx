import type { Api } from '@sharestack/api/client.ts';
import { ApiProvider } from '@sharestack/api/context.tsx';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { SessionProvider } from '@sharestack/session/context.tsx';
import type { Session } from '@sharestack/session/session.ts';
import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import type { AppRouter } from './router.ts';
import { SiteFrame, type SitePlace } from './SiteFrame.tsx';

interface Props {
  router: AppRouter;
  api: Api;
  queryClient: QueryClient;
  locale: Locale;
  /** A browser's; a server renders for nobody in particular. */
  session: Session | null;
  site: SitePlace;
}

export function App({ router, api, queryClient, locale, session, site }: Props) {
  return (
    <LocaleProvider locale={locale}>
      <ApiProvider api={api}>
        <QueryClientProvider client={queryClient}>
          <SiteFrame place={site}>
            <SessionProvider session={session}>
              <RouterProvider router={router} />
            </SessionProvider>
          </SiteFrame>
        </QueryClientProvider>
      </ApiProvider>
    </LocaleProvider>
  );
}
