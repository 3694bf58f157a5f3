import './styles.css';
import { createApi } from '@sharestack/api/client.ts';
import { basePath, localeOf } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { createBrowserHistory } from '@tanstack/react-router';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { carryCartOver } from './shell/carryCartOver.ts';
import { createQueryClient, takeOver } from './shell/queryClient.ts';
import { createAppRouter } from './shell/router.ts';

async function start(root: HTMLElement) {
  const locale = localeOf(location.pathname);
  document.documentElement.lang = locale;
  const session = new Session();
  const api = createApi({ fetch: session.fetch });
  const queryClient = createQueryClient();
  const state = document.getElementById('state')?.textContent;
  if (state) takeOver(queryClient, state);
  const history = createBrowserHistory();
  const router = createAppRouter({ history, basepath: basePath(locale), context: { api, queryClient, locale } });
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
  carryCartOver(session, api, queryClient);
  void session.start();
  if (!state) {
    createRoot(root).render(app);
    return;
  }
  // Tells the router that its matches were rendered by a server: the first render must be the same again.
  router.ssr = { manifest: undefined };
  await router.load();
  hydrateRoot(root, app);
}

const root = document.getElementById('app');
if (root) void start(root);
