import { createApi } from '@sharestack/api/client.ts';
import { FIRST_FACTS, type SiteFacts, siteFactsQuery } from '@sharestack/api/siteFacts.ts';
import { basePath, localeOf } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { createMemoryHistory } from '@tanstack/react-router';
import { render, screen } from '@testing-library/react';
import { App } from '../shell/App.tsx';
import { carryCartOver } from '../shell/carryCartOver.ts';
import { forgetPeople } from '../shell/forgetPeople.ts';
import { createQueryClient } from '../shell/queryClient.ts';
import { createAppRouter } from '../shell/router.ts';
import { routeTree } from '../shell/routes.ts';

/**
 * The whole storefront at an address, as a browser shows it without a server's help; `facts` is what it knows of the
 * shop already, null is nothing.
 */
export async function openPage(address: string, facts: SiteFacts | null = FIRST_FACTS) {
  const locale = localeOf(address);
  document.documentElement.lang = locale;
  const session = new Session();
  const api = createApi({ fetch: session.fetch });
  const queryClient = createQueryClient();
  queryClient.setDefaultOptions({ queries: { staleTime: 60_000, retry: false } });
  if (facts) queryClient.setQueryData(siteFactsQuery(api).queryKey, facts);
  const history = createMemoryHistory({ initialEntries: [address] });
  const router = createAppRouter({
    routeTree,
    history,
    basepath: basePath(locale),
    context: { api, queryClient, locale },
  });
  forgetPeople(session, queryClient);
  carryCartOver(session, api, queryClient);
  await session.start();
  render(
    <App
      router={router}
      api={api}
      queryClient={queryClient}
      locale={locale}
      session={session}
      site={{ origin: 'http://localhost:3000' }}
    />,
  );
  await screen.findByRole('heading', { level: 1 }, { timeout: 15_000 });
  return { router, session, queryClient };
}
