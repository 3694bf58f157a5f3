import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { PasswordField } from '@sharestack/session/forms/PasswordField.tsx';
import { texts } from '@sharestack/session/forms/texts.ts';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { resetPassword } from '../queries.ts';
import { letterTexts } from './texts.ts';

interface Props {
  token: string;
  onDone: () => void;
  onBroken: () => void;
}

/** Chooses the password of whoever has the token. All sessions end with it, also the one of this browser. */
export function NewPasswordForm({ token, onDone, onBroken }: Props) {
  const t = useTexts(letterTexts);
  const { newPassword } = useTexts(texts);
  const api = useApi();
  const session = useSession();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ new_password = '' }) => {
      try {
        await resetPassword(api, token, new_password);
      } catch (refusal) {
        if (asProblem(refusal).code !== 'invalid_link') throw refusal;
        onBroken();
        return;
      }
      session.leave();
      onDone();
    },
    ['new_password'],
  );
  return (
    <form ref={form} onSubmit={onSubmit} method="post" noValidate className="mt-6 space-y-5">
      <PasswordField isNew name="new_password" label={newPassword} problem={problems.new_password} />
      <FormFailure problem={failure} />
      <Button type="submit" busy={isSending} className="w-full">
        {t.resetSave}
      </Button>
    </form>
  );
}
