import { chooseLocale } from '@sharestack/i18n/chosenLocale.ts';
import { type Locale, LocaleProvider } from '@sharestack/i18n/locale.tsx';
import { SessionProvider } from '@sharestack/session/context.tsx';
import type { Session } from '@sharestack/session/session.ts';
import { useState } from 'react';
import { Frame } from './Frame.tsx';
import { Gate } from './Gate.tsx';
import { HomePage } from './HomePage.tsx';
import { SiteFrame } from './SiteFrame.tsx';

/** The studio: a frame for who is signed in. */
export function App({ session, locale: first }: { session: Session; locale: Locale }) {
  const [locale, setLocale] = useState(first);
  const onLocale = (next: Locale) => {
    chooseLocale(next);
    setLocale(next);
  };
  return (
    <LocaleProvider locale={locale}>
      <SessionProvider session={session}>
        <SiteFrame>
          <Frame onLocale={onLocale}>
            <Gate>{(user) => <HomePage user={user} />}</Gate>
          </Frame>
        </SiteFrame>
      </SessionProvider>
    </LocaleProvider>
  );
}
