import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession, useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { meQuery, type VerifiedEmail } from '../queries.ts';
import { AddressProven } from './AddressProven.tsx';
import { BrokenLink } from './BrokenLink.tsx';
import { ConfirmAddress } from './ConfirmAddress.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/verify-email');

/** Signed in, nothing but the address changes; without, the account goes to the reader of the letter: that is said. */
export function VerifyEmailPage() {
  const t = useTexts(letterTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const session = useSession();
  const { status } = useSessionState();
  const { publicHref } = useLocation();
  const { token } = route.useSearch();
  const [answer, setAnswer] = useState<VerifiedEmail | null>(null);
  const [isBroken, setBroken] = useState(!token);
  const take = async (verified: VerifiedEmail) => {
    setAnswer(verified);
    if (status === 'signed-in') session.keepUser(await queryClient.fetchQuery(meQuery(api)));
  };
  if (answer) return <AddressProven answer={answer} title={t.verifyDoneTitle} body={t.verifyDone(answer.email)} />;
  if (isBroken || !token) {
    return (
      <BrokenLink body={t.verifyBroken}>
        <Link to="/account/security" className={buttonClass()}>
          {t.toAccount}
        </Link>
      </BrokenLink>
    );
  }
  const confirm = { token, onDone: (verified: VerifiedEmail) => void take(verified), onBroken: () => setBroken(true) };
  const isIn = status === 'signed-in';
  return (
    <FormCard title={t.verifyTitle} lead={status === 'anonymous' ? t.verifyGuestLead : t.verifyLead}>
      <PageHead title={t.verifyTitle} isIndexed={false} />
      {status === 'unknown' && <Skeleton className="mt-6 h-11" />}
      {isIn && <ConfirmAddress {...confirm} label={t.verifyAction} next={publicHref} />}
      {status === 'anonymous' && (
        <>
          <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass('primary', 'mt-6 w-full')}>
            {t.verifySignIn}
          </Link>
          <details className="mt-6 border-t border-line pt-2">
            <summary className="flex min-h-11 items-center text-sm underline underline-offset-4">
              {t.verifyTakeOver}
            </summary>
            <p className="text-sm text-muted">{t.verifyTakeOverBody}</p>
            <ConfirmAddress {...confirm} label={t.verifyTakeOverAction} kind="secondary" next={publicHref} />
          </details>
        </>
      )}
    </FormCard>
  );
}
