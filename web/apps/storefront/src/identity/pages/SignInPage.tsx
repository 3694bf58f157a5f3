import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { SignInForm } from '@sharestack/session/forms/SignInForm.tsx';
import { texts } from '@sharestack/session/forms/texts.ts';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link, useRouter } from '@tanstack/react-router';
import { useCallback, useEffect } from 'react';
import { FormCard } from '../components/FormCard.tsx';

const LINK = 'font-medium text-brand underline underline-offset-4';
const route = getRouteApi('/sign-in');

export function SignInPage() {
  const t = useTexts(texts);
  const router = useRouter();
  const { next } = route.useSearch();
  const { status } = useSessionState();
  const goOn = useCallback(
    () => router.history.replace(next ?? router.buildLocation({ to: '/' }).publicHref),
    [router, next],
  );
  // Also who was signed in before: there is nothing to do here for them.
  useEffect(() => {
    if (status === 'signed-in') goOn();
  }, [status, goOn]);
  return (
    <FormCard title={t.signIn} lead={t.signInLead}>
      <PageHead title={t.signIn} isIndexed={false} />
      <SignInForm>
        <p className="-mt-3 text-sm">
          <Link to="/forgot" className={`${LINK} inline-flex min-h-11 items-center`}>
            {t.forgot}
          </Link>
        </p>
      </SignInForm>
      <p className="mt-6 text-sm text-muted">
        {t.noAccount}{' '}
        <Link to="/register" search={next ? { next } : {}} className={LINK}>
          {t.register}
        </Link>
      </p>
    </FormCard>
  );
}
