import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import type { VerifiedEmail } from '../queries.ts';
import { DonePage } from './DonePage.tsx';
import { NewPasswordForm } from './NewPasswordForm.tsx';
import { PasswordSaved } from './PasswordSaved.tsx';
import { letterTexts } from './texts.ts';
import { useFocusOnHeading } from './useFocusOnHeading.ts';

interface Props {
  answer: VerifiedEmail;
  title: string;
  body: string;
}

/** An address is proven. Where the account went to the reader of the letter, its password is chosen next. */
export function AddressProven({ answer, title, body }: Props) {
  const t = useTexts(letterTexts);
  const [isSaved, setSaved] = useState(false);
  const token = answer.password_reset_token;
  if (isSaved) return <PasswordSaved />;
  if (token) return <ChooseNext token={token} title={title} body={body} onDone={() => setSaved(true)} />;
  return (
    <DonePage title={title} body={body}>
      <Link to="/account" className={buttonClass()}>
        {t.toAccount}
      </Link>
      <Link to="/" className={buttonClass('quiet')}>
        {t.toHome}
      </Link>
    </DonePage>
  );
}

function ChooseNext({ token, title, body, onDone }: Omit<Props, 'answer'> & { token: string; onDone: () => void }) {
  const t = useTexts(letterTexts);
  const [isLate, setLate] = useState(false);
  useFocusOnHeading();
  return (
    <FormCard title={title} lead={`${body} ${isLate ? t.resetBroken : t.choosePassword}`}>
      <PageHead title={title} isIndexed={false} />
      {isLate ? (
        <Link to="/forgot" className={buttonClass('primary', 'mt-6 w-full')}>
          {t.resetAgain}
        </Link>
      ) : (
        <NewPasswordForm token={token} onDone={onDone} onBroken={() => setLate(true)} />
      )}
    </FormCard>
  );
}
