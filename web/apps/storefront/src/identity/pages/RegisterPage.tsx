import { useApi } from '@sharestack/api/context.tsx';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { PasswordField } from '@sharestack/session/forms/PasswordField.tsx';
import { texts } from '@sharestack/session/forms/texts.ts';
import { useIdentityForm } from '@sharestack/session/forms/useIdentityForm.ts';
import { Button } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { FormCard } from '../components/FormCard.tsx';
import { agreeToTexts } from '../queries.ts';

const route = getRouteApi('/register');

export function RegisterPage() {
  const t = useTexts(texts);
  const locale = useLocale();
  const api = useApi();
  const session = useSession();
  const router = useRouter();
  const { next } = route.useSearch();
  const { form, onSubmit, isSending, problems, failure } = useIdentityForm(
    async ({ email = '', password = '', full_name = '', marketing }) => {
      await session.register({
        email: email.trim(),
        password,
        full_name: full_name.trim(),
        language: locale,
        accepts_marketing: marketing === 'on',
      });
      // Where it fails the account's privacy page asks once more.
      void agreeToTexts(api).catch(() => undefined);
      router.history.push(next ?? router.buildLocation({ to: '/' }).publicHref);
    },
    ['full_name', 'email', 'password'],
  );
  return (
    <FormCard title={t.registerTitle} lead={t.registerLead}>
      <PageHead title={t.registerTitle} isIndexed={false} />
      <form ref={form} onSubmit={onSubmit} method="post" noValidate className="mt-8 space-y-5">
        <TextField label={t.name} name="full_name" autoComplete="name" maxLength={200} problem={problems.full_name} />
        <TextField
          label={t.email}
          name="email"
          type="email"
          autoComplete="username"
          maxLength={254}
          hint={t.emailHint}
          problem={problems.email}
        />
        <PasswordField isNew problem={problems.password} />
        <label className="flex min-h-11 items-start gap-3 text-sm">
          <input type="checkbox" name="marketing" className="mt-0.5 size-4.5 shrink-0 accent-brand" />
          {t.marketing}
        </label>
        <FormFailure problem={failure} />
        <Button type="submit" busy={isSending} className="w-full">
          {t.register}
        </Button>
        <Agreement />
      </form>
      <p className="mt-6 text-sm text-muted">
        {t.haveAccount}{' '}
        <Link
          to="/sign-in"
          search={next ? { next } : {}}
          className="font-medium text-brand underline underline-offset-4"
        >
          {t.signIn}
        </Link>
      </p>
    </FormCard>
  );
}

function Agreement() {
  const t = useTexts(texts);
  const look = 'underline underline-offset-2';
  return (
    <p className="text-xs text-muted">
      {t.agree}{' '}
      <Link to="/legal/$name" params={{ name: 'terms' }} className={look}>
        {t.terms}
      </Link>{' '}
      {t.and}{' '}
      <Link to="/legal/$name" params={{ name: 'privacy' }} className={look}>
        {t.privacy}
      </Link>
    </p>
  );
}
