import './styles.css';
import { createApi } from '@sharestack/api/client.ts';
import { basePath, localeOf } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { createBrowserHistory } from '@tanstack/react-router';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { carryCartOver } from './shell/carryCartOver.ts';
import { watchErrors } from './shell/earlyErrors.ts';
import { forgetPeople } from './shell/forgetPeople.ts';
import { createQueryClient, dropUnserved, takeOver } from './shell/queryClient.ts';
import { createAppRouter } from './shell/router.ts';
import { routeTree } from './shell/routes.ts';

async function start(root: HTMLElement) {
  const locale = localeOf(location.pathname);
  document.documentElement.lang = locale;
  const session = new Session();
  const api = createApi({ fetch: session.fetch });
  const queryClient = createQueryClient();
  const state = document.getElementById('state')?.textContent;
  const served = state ? takeOver(queryClient, state) : { missing: null };
  const history = createBrowserHistory();
  const router = createAppRouter({
    routeTree,
    history,
    basepath: basePath(locale),
    context: { api, queryClient, locale, served },
  });
  const app = (
    <App
      router={router}
      api={api}
      queryClient={queryClient}
      locale={locale}
      session={session}
      site={{ origin: location.origin }}
    />
  );
  forgetPeople(session, queryClient);
  carryCartOver(session, api, queryClient);
  void session.start();
  if (!state) {
    createRoot(root).render(app);
    return;
  }
  // Tells the router that its matches were rendered by a server: the first render must be the same again.
  router.ssr = { manifest: undefined };
  await router.load();
  dropUnserved(queryClient, state);
  hydrateRoot(root, app, { onRecoverableError: reportOn(location.href) });
  served.missing = null;
}

/** Who goes to another page before this one is alive makes React render it anew; what that does away with is no fault. */
function reportOn(page: string) {
  return (error: unknown) => {
    if (location.href === page) reportError(error);
  };
}

watchErrors();
const root = document.getElementById('app');
if (root) void start(root);
