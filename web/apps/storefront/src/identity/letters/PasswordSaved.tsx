import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { Link } from '@tanstack/react-router';
import { DonePage } from './DonePage.tsx';
import { letterTexts } from './texts.ts';

export function PasswordSaved() {
  const t = useTexts(letterTexts);
  return (
    <DonePage title={t.resetDoneTitle} body={t.resetDone}>
      <Link to="/sign-in" className={buttonClass()}>
        {t.toSignIn}
      </Link>
    </DonePage>
  );
}
