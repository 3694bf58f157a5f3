import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { BrokenLink } from './BrokenLink.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { PasswordSaved } from './PasswordSaved.tsx';
import { letterTexts } from './texts.ts';

const route = getRouteApi('/reset');

export function ResetPage() {
  const t = useTexts(letterTexts);
  const { token } = route.useSearch();
  const [state, setState] = useState<'open' | 'done' | 'broken'>(token ? 'open' : 'broken');
  if (state === 'done') return <PasswordSaved />;
  if (state === 'broken' || !token) {
    return (
      <BrokenLink body={t.resetBroken}>
        <Link to="/forgot" className={buttonClass()}>
          {t.resetAgain}
        </Link>
      </BrokenLink>
    );
  }
  return (
    <FormCard title={t.resetTitle} lead={t.resetLead}>
      <PageHead title={t.resetTitle} isIndexed={false} />
      <NewPasswordForm token={token} onDone={() => setState('done')} onBroken={() => setState('broken')} />
    </FormCard>
  );
}
