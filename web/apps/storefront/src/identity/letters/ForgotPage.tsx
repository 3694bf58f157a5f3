import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { texts } from '@sharestack/session/forms/texts.ts';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { askForReset } from '../queries.ts';
import { DonePage } from './DonePage.tsx';
import { letterTexts } from './texts.ts';

/** The answer is the same whether the address has an account or not: nobody learns here who has one. */
export function ForgotPage() {
  const t = useTexts(letterTexts);
  const [sentTo, setSentTo] = useState<string | null>(null);
  if (sentTo === null) return <AskForLink onSent={setSentTo} />;
  return (
    <DonePage title={t.forgotSentTitle} body={t.forgotSent(sentTo)}>
      <p className="text-sm text-muted">{t.forgotNothing}</p>
      <Button kind="secondary" onClick={() => setSentTo(null)}>
        {t.forgotAgain}
      </Button>
      <Link to="/sign-in" className={buttonClass('quiet')}>
        {t.toSignIn}
      </Link>
    </DonePage>
  );
}

function AskForLink({ onSent }: { onSent: (email: string) => void }) {
  const t = useTexts(letterTexts);
  const { email: label } = useTexts(texts);
  const api = useApi();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ email = '' }) => {
      await askForReset(api, email.trim());
      onSent(email.trim());
    },
    ['email'],
  );
  return (
    <FormCard title={t.forgotTitle} lead={t.forgotLead}>
      <PageHead title={t.forgotTitle} isIndexed={false} />
      <form ref={form} onSubmit={onSubmit} method="post" noValidate className="mt-6 space-y-5">
        <TextField
          label={label}
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          problem={problems.email}
        />
        <FormFailure problem={failure} />
        <Button type="submit" busy={isSending} className="w-full">
          {t.forgotSend}
        </Button>
      </form>
      <Link to="/sign-in" className={buttonClass('quiet', 'mt-3 w-full')}>
        {t.backToSignIn}
      </Link>
    </FormCard>
  );
}
