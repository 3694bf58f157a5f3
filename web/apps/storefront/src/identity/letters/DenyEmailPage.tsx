import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { denyEmail } from '../queries.ts';
import { LinkPage } from './LinkPage.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/deny-email');

export function DenyEmailPage() {
  const t = useTexts(letterTexts);
  const { token } = route.useSearch();
  return (
    <LinkPage
      token={token}
      act={denyEmail}
      texts={{
        title: t.denyTitle,
        lead: t.denyLead,
        action: t.denyAction,
        doneTitle: t.denyDoneTitle,
        done: t.denyDone,
        broken: t.denyBroken,
      }}
    >
      <Link to="/" className={buttonClass('secondary')}>
        {t.toHome}
      </Link>
    </LinkPage>
  );
}
