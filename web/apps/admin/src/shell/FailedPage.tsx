import { asProblem, drawnProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import type { ErrorComponentProps } from '@tanstack/react-router';
import { useEffect } from 'react';
import { texts } from './texts.ts';

/** A page that could not be shown: its files did not come, or it has a fault. The frame stays. */
export function FailedPage({ error, reset }: ErrorComponentProps) {
  const t = useTexts(texts);
  const { correlationId, status } = drawnProblem(error);
  useEffect(() => {
    asProblem(error); // it is shown, so it is for the error log as well
  }, [error]);
  return (
    <>
      <PageHead title={t.failed} isIndexed={false} />
      <h1 tabIndex={-1} className="sr-only">
        {t.failed}
      </h1>
      <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={reset} />
    </>
  );
}
