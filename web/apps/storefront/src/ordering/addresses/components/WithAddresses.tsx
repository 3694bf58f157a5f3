import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { bookTexts } from '../bookTexts.ts';
import { addressesQuery, type SavedAddress } from '../queries.ts';

/** What is made of the address book, once it is there. */
export function WithAddresses({ children }: { children: (entries: SavedAddress[]) => ReactNode }) {
  const t = useTexts(bookTexts);
  const session = useSessionState();
  const { data, error, refetch } = useQuery({ ...addressesQuery(useApi()), enabled: session.status === 'signed-in' });
  if (data) return children(data);
  if (error) {
    const { correlationId, status } = asProblem(error);
    return (
      <div className="mt-6">
        <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <div role="status" className="mt-6 grid gap-4 sm:grid-cols-2">
      <p className="sr-only">{t.loading}</p>
      <Skeleton className="h-56" />
      <Skeleton className="h-56" />
    </div>
  );
}
