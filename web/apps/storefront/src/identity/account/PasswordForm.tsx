import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { PasswordField } from '@sharestack/session/forms/PasswordField.tsx';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { changePassword, sessionsQuery } from '../queries.ts';
import { accountTexts } from './texts.ts';

/** `email` is for password managers, which keep a password under a name. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTexts(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [isChanged, setChanged] = useState(false);
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ current_password = '', new_password = '' }) => {
      setChanged(false);
      await changePassword(api, current_password, new_password);
      form.current?.reset();
      setChanged(true);
      await queryClient.invalidateQueries({ queryKey: sessionsQuery(api).queryKey });
    },
    ['current_password', 'new_password'],
  );
  return (
    <form ref={form} onSubmit={onSubmit} method="post" noValidate className="max-w-md space-y-5">
      <input type="text" name="username" autoComplete="username" value={email} readOnly hidden />
      <PasswordField
        isNew={false}
        name="current_password"
        label={t.currentPassword}
        problem={problems.current_password}
      />
      <PasswordField isNew name="new_password" label={t.newPassword} problem={problems.new_password} />
      <FormFailure problem={failure} />
      <p role="status" className="text-sm text-brand empty:hidden">
        {isChanged && t.passwordChanged}
      </p>
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" busy={isSending}>
          {t.changePassword}
        </Button>
        <Link to="/forgot" className={buttonClass('quiet', 'text-sm')}>
          {t.forgot}
        </Link>
      </div>
    </form>
  );
}
