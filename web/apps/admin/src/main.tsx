import './styles.css';
import { createApi } from '@sharestack/api/client.ts';
import { createErrorReporter, releaseOf, reportUncaught } from '@sharestack/api/clientErrors.ts';
import { chosenLocale } from '@sharestack/i18n/chosenLocale.ts';
import { Session } from '@sharestack/session/session.ts';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';
import { chooseDensity, chosenDensity } from './shell/preferences.ts';

const report = createErrorReporter({ app: 'admin', release: releaseOf(import.meta.url) });
reportUncaught(report);
const session = new Session();
const api = createApi({ fetch: session.fetch });
const locale = chosenLocale();
document.documentElement.lang = locale;
chooseDensity(chosenDensity());
void session.start();
const root = document.getElementById('app');
if (root) {
  createRoot(root, { onCaughtError: report }).render(<App api={api} session={session} locale={locale} />);
}
