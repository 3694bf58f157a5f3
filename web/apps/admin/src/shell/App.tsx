import type { Api } from '@sharestack/api/client.ts';
import { ApiProvider } from '@sharestack/api/context.tsx';
import { ApiProblem } from '@sharestack/api/problem.ts';
import { FIRST_FACTS } from '@sharestack/api/siteFacts.ts';
import { NoticeProvider } from '@sharestack/console/Notices.tsx';
import { chooseLocale } from '@sharestack/i18n/chosenLocale.ts';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { SessionProvider } from '@sharestack/session/context.tsx';
import type { Session } from '@sharestack/session/session.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type RouterHistory, RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { Gate } from './Gate.tsx';
import { LiveCounters } from './LiveCounters.tsx';
import { PreferencesContext } from './PreferencesContext.tsx';
import { chooseDensity, chosenDensity, type Density } from './preferences.ts';
import { createAdminRouter } from './router.tsx';
import { SiteFrame } from './SiteFrame.tsx';

interface Props {
  api: Api;
  session: Session;
  locale: Locale;
  history?: RouterHistory;
}

function createQueryClient(): QueryClient {
  const retry = (failures: number, error: Error) => failures < 1 && error instanceof ApiProblem && error.status >= 500;
  return new QueryClient({ defaultOptions: { queries: { networkMode: 'always', staleTime: 30_000, retry } } });
}

/** Nothing of the rooms is rendered, and nothing of theirs is asked for, before it is known who is there. */
export function App({ api, session, locale: first, history }: Props) {
  const [router] = useState(() => createAdminRouter(history));
  const [queryClient] = useState(createQueryClient);
  const [locale, setLocale] = useState(first);
  const [density, setDensity] = useState(chosenDensity);
  const onLocale = (next: Locale) => {
    chooseLocale(next);
    setLocale(next);
  };
  const onDensity = (next: Density) => {
    chooseDensity(next);
    setDensity(next);
  };
  return (
    <LocaleProvider locale={locale}>
      <PreferencesContext value={{ locale, onLocale, density, onDensity }}>
        <SiteProvider site={{ ...FIRST_FACTS, origin: location.origin }}>
          <ApiProvider api={api}>
            <SessionProvider session={session}>
              <QueryClientProvider client={queryClient}>
                <Gate>
                  <SiteFrame>
                    <NoticeProvider>
                      <LiveCounters>
                        <RouterProvider router={router} />
                      </LiveCounters>
                    </NoticeProvider>
                  </SiteFrame>
                </Gate>
              </QueryClientProvider>
            </SessionProvider>
          </ApiProvider>
        </SiteProvider>
      </PreferencesContext>
    </LocaleProvider>
  );
}
