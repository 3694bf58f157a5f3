import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { keepAccount } from '../queries.ts';
import { AccountClosed } from './AccountClosed.tsx';
import { LinkPage } from './LinkPage.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/keep-account');

export function KeepAccountPage() {
  const t = useTexts(letterTexts);
  const { token, until } = route.useSearch();
  if (!token && until) return <AccountClosed until={until} />;
  return (
    <LinkPage
      token={token}
      act={keepAccount}
      texts={{
        title: t.keepTitle,
        lead: t.keepLead,
        action: t.keepAction,
        doneTitle: t.keepDoneTitle,
        done: t.keepDone,
        broken: t.keepBroken,
      }}
    >
      <Link to="/sign-in" className={buttonClass()}>
        {t.toSignIn}
      </Link>
    </LinkPage>
  );
}
