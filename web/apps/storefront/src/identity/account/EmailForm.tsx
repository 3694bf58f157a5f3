import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { PasswordField } from '@sharestack/session/forms/PasswordField.tsx';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useEffect } from 'react';
import { changeEmail } from '../queries.ts';
import { keepPendingEmail } from './pendingEmail.ts';
import { accountTexts } from './texts.ts';

interface Props {
  userId: string;
  onSent: (email: string) => void;
}

export function EmailForm({ userId, onSent }: Props) {
  const t = useTexts(accountTexts);
  const api = useApi();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ new_email = '', password = '' }) => {
      const email = new_email.trim();
      const { expires_in } = await changeEmail(api, email, password);
      keepPendingEmail(userId, email, expires_in);
      onSent(email);
    },
    ['new_email', 'password'],
  );
  useEffect(() => (form.current?.elements.namedItem('new_email') as HTMLInputElement | null)?.focus(), [form]);
  return (
    <form ref={form} onSubmit={onSubmit} method="post" noValidate className="max-w-md space-y-5">
      <TextField
        label={t.newEmail}
        name="new_email"
        type="email"
        autoComplete="email"
        maxLength={254}
        problem={problems.new_email}
      />
      <PasswordField isNew={false} label={t.currentPassword} problem={problems.password} />
      <FormFailure problem={failure} />
      <Button type="submit" busy={isSending}>
        {t.emailSend}
      </Button>
    </form>
  );
}
