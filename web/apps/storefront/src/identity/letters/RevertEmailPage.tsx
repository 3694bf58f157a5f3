import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { revertEmail, type VerifiedEmail } from '../queries.ts';
import { AddressProven } from './AddressProven.tsx';
import { BrokenLink } from './BrokenLink.tsx';
import { LinkAction } from './LinkAction.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/revert-email');

export function RevertEmailPage() {
  const t = useTexts(letterTexts);
  const session = useSession();
  const { token } = route.useSearch();
  const [answer, setAnswer] = useState<VerifiedEmail | null>(null);
  const [isBroken, setBroken] = useState(!token);
  if (answer) return <AddressProven answer={answer} title={t.revertDoneTitle} body={t.revertDone(answer.email)} />;
  if (isBroken || !token) {
    return (
      <BrokenLink body={t.revertBroken}>
        <Link to="/forgot" className={buttonClass()}>
          {t.forgotTitle}
        </Link>
      </BrokenLink>
    );
  }
  const take = (reverted: VerifiedEmail) => {
    session.leave();
    setAnswer(reverted);
  };
  return (
    <FormCard title={t.revertTitle} lead={t.revertLead}>
      <PageHead title={t.revertTitle} isIndexed={false} />
      <div className="mt-6">
        <LinkAction
          token={token}
          label={t.revertAction}
          act={revertEmail}
          onDone={take}
          onBroken={() => setBroken(true)}
        />
      </div>
    </FormCard>
  );
}
