import { chooseLocale } from '@sharestack/i18n/chosenLocale.ts';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { SessionProvider } from '@sharestack/session/context.tsx';
import type { Session } from '@sharestack/session/session.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import { useState } from 'react';
import site from '../../../../site/site.json';
import { Frame } from './Frame.tsx';
import { Gate } from './Gate.tsx';
import { HomePage } from './HomePage.tsx';

/** The studio: a frame for who is signed in. */
export function App({ session, locale: first }: { session: Session; locale: Locale }) {
  const [locale, setLocale] = useState(first);
  const onLocale = (next: Locale) => {
    chooseLocale(next);
    setLocale(next);
  };
  return (
    <LocaleProvider locale={locale}>
      <SiteProvider site={{ name: site.name, origin: location.origin }}>
        <SessionProvider session={session}>
          <Frame onLocale={onLocale}>
            <Gate>{(user) => <HomePage user={user} />}</Gate>
          </Frame>
        </SessionProvider>
      </SiteProvider>
    </LocaleProvider>
  );
}
