import './styles.css';
import { createApi } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import { Session } from '@sharestack/session/session.ts';
import { createRoot } from 'react-dom/client';
import { App } from './shell/App.tsx';

/** These pages are behind a sign-in and in no index: their language is the browser's. */
function browserLocale(): Locale {
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

const session = new Session();
const api = createApi({ fetch: session.fetch });
const locale = browserLocale();
document.documentElement.lang = locale;
void session.start();
const root = document.getElementById('app');
if (root) createRoot(root).render(<App api={api} session={session} locale={locale} />);
