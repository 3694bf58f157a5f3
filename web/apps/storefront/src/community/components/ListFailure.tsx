import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { type QueryKey, useQueryClient } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { texts } from '../texts.ts';

interface Props {
  error: unknown;
  queryKey: QueryKey;
  onRetry: () => void;
}

/** Why there is no further page. A cursor is its reader's: signed in or out since, one begins at the first page again. */
export function ListFailure({ error, queryKey, onRetry }: Props) {
  const t = useTexts(texts);
  const queryClient = useQueryClient();
  const { after } = useSearch({ strict: false }) as { after?: string };
  const { code, correlationId, status } = asProblem(error);
  const begin = () => {
    if (!after) void queryClient.resetQueries({ queryKey, exact: true });
  };
  return (
    <div className="mt-6">
      {code === 'invalid_cursor' ? (
        <EmptyState title={t.pageGone}>
          <Link
            to="."
            search={(search: object) => ({ ...search, after: undefined }) as never}
            onClick={begin}
            className={buttonClass('secondary')}
          >
            {t.firstPage}
          </Link>
        </EmptyState>
      ) : (
        <ErrorState correlationId={correlationId} isOffline={status === 0} onRetry={onRetry} />
      )}
    </div>
  );
}
