import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { unsubscribe } from '../queries.ts';
import { LinkPage } from './LinkPage.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/unsubscribe');

export function UnsubscribePage() {
  const t = useTexts(letterTexts);
  const { token } = route.useSearch();
  return (
    <LinkPage
      token={token}
      act={unsubscribe}
      texts={{
        title: t.unsubscribeTitle,
        lead: t.unsubscribeLead,
        action: t.unsubscribeAction,
        doneTitle: t.unsubscribeDoneTitle,
        done: t.unsubscribeDone,
        broken: t.unsubscribeBroken,
      }}
    >
      <Link to="/account/privacy" className={buttonClass('secondary')}>
        {t.toAccount}
      </Link>
      <Link to="/" className={buttonClass('quiet')}>
        {t.toHome}
      </Link>
    </LinkPage>
  );
}
