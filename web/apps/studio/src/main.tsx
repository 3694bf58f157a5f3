import './styles.css';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { createRoot } from 'react-dom/client';
import { Shell } from './Shell.tsx';

/** These pages are behind a sign-in and in no index: their language is the browser's. */
function browserLocale(): Locale {
  return navigator.language.startsWith('zh') ? 'zh-CN' : 'en';
}

const root = document.getElementById('app');
const locale = browserLocale();
document.documentElement.lang = locale;
if (root) {
  createRoot(root).render(
    <LocaleProvider locale={locale}>
      <Shell />
    </LocaleProvider>,
  );
}
