import './styles.css';
import { createErrorReporter, releaseOf, reportUncaught } from '@sharestack/api/clientErrors.ts';
import { chosenLocale } from '@sharestack/i18n/chosenLocale.ts';
import { Session } from '@sharestack/session/session.ts';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';

const report = createErrorReporter({ app: 'studio', release: releaseOf(import.meta.url) });
reportUncaught(report);
const session = new Session();
const locale = chosenLocale();
document.documentElement.lang = locale;
void session.start();
const root = document.getElementById('app');
if (root) createRoot(root, { onCaughtError: report }).render(<App session={session} locale={locale} />);
