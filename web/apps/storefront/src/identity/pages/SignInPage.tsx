import { useTexts } from '@sharestack/i18n/locale.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { texts } from '@sharestack/session/forms/texts.ts';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { FormCard } from '../components/FormCard.tsx';

const route = getRouteApi('/sign-in');

export function SignInPage() {
  const t = useTexts(texts);
  const router = useRouter();
  const { next } = route.useSearch();
  return (
    <FormCard title={t.signIn} lead={t.signInLead}>
      <PageHead title={t.signIn} isIndexed={false} />
      <SignInForm onDone={() => router.history.push(next ?? router.buildLocation({ to: '/' }).publicHref)} />
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
