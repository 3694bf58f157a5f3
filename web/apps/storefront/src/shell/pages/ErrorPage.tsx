import { asProblem, drawnProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';
import { texts } from '../texts.ts';

/** A page whose own subject did not load. The server answers 503: the page is worth another try. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts(texts);
  const router = useRouter();
  const problem = drawnProblem(error);
  useEffect(() => {
    asProblem(error); // it is shown, so it is for the error log as well
  }, [error]);
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return (
    <div className="page py-16">
      <PageHead title={t.errorTitle} isIndexed={false} status={503} />
      <h1 tabIndex={-1} className="mb-6 text-center font-display text-3xl">
        {t.errorTitle}
      </h1>
      <ErrorState correlationId={problem.correlationId} isOffline={problem.status === 0} onRetry={retry} />
    </div>
  );
}
