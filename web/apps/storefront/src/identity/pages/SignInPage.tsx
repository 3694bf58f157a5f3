import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { FormCard } from '../components/FormCard.tsx';
import { PasswordField } from '../components/PasswordField.tsx';
import { texts } from '../texts.ts';
import { useIdentityForm } from '../useIdentityForm.ts';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const t = useTexts(texts);
  const session = useSession();
  const router = useRouter();
  const { next } = route.useSearch();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ email = '', password = '' }) => {
      await session.signIn(email.trim(), password);
      router.history.push(next ?? router.buildLocation({ to: '/' }).publicHref);
    },
    ['email', 'password'],
  );
  return (
    <FormCard title={t.signIn} lead={t.signInLead}>
      <PageHead title={t.signIn} isIndexed={false} />
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
        <p role="alert" className="text-sm text-danger empty:hidden">
          {failure}
        </p>
        <Button type="submit" busy={isSending} className="w-full">
          {t.signIn}
        </Button>
      </form>
      <p className="mt-6 text-sm text-muted">
        {t.noAccount}{' '}
        <Link
          to="/register"
          search={next ? { next } : {}}
          className="font-medium text-brand underline underline-offset-4"
        >
          {t.register}
        </Link>
      </p>
    </FormCard>
  );
}
