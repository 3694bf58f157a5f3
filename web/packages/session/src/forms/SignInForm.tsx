import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import type { ReactNode } from 'react';
import { useSession } from '../context.tsx';
import { FormFailure } from './FormFailure.tsx';
import { PasswordField } from './PasswordField.tsx';
import { texts } from './texts.ts';
import { useIdentityForm } from './useIdentityForm.ts';

interface Props {
  onDone?: () => void;
  /** Below the password: the way to a new one, where there is one. */
  children?: ReactNode;
}

/** Signs in by cookie; `onDone` is called once somebody is in. */
export function SignInForm({ onDone, children }: Props) {
  const t = useTexts(texts);
  const session = useSession();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ email = '', password = '' }) => {
      await session.signIn(email.trim(), password);
      onDone?.();
    },
    ['email', 'password'],
  );
  return (
    <form ref={form} onSubmit={onSubmit} method="post" noValidate className="mt-8 space-y-5">
      <TextField
        label={t.email}
        name="email"
        type="email"
        autoComplete="username"
        maxLength={254}
        problem={problems.email}
      />
      <PasswordField isNew={false} problem={problems.password} />
      {children}
      <FormFailure problem={failure} />
      <Button type="submit" busy={isSending} className="w-full">
        {t.signIn}
      </Button>
    </form>
  );
}
