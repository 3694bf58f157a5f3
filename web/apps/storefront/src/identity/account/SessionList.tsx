import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { FormFailure } from '@sharestack/session/forms/FormFailure.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { endOtherSessions, endSession, sessionsQuery } from '../queries.ts';
import { Loaded } from './Loaded.tsx';
import { SessionRow } from './SessionRow.tsx';
import { accountTexts } from './texts.ts';

/** Every place where somebody is signed in to the account, this one marked. */
export function SessionList() {
  const t = useTexts(accountTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const query = useInfiniteQuery(sessionsQuery(api));
  const refetch = () => queryClient.invalidateQueries({ queryKey: sessionsQuery(api).queryKey });
  const one = useMutation({ mutationFn: (id: string) => endSession(api, id), onSuccess: refetch });
  const others = useMutation({ mutationFn: () => endOtherSessions(api), onSuccess: refetch });
  const problem = one.error ?? others.error;
  const end = (id: string) => {
    others.reset();
    one.mutate(id);
  };
  return (
    <Loaded query={query} className="h-40">
      {({ pages }) => {
        const sessions = pages.flatMap(({ items }) => items);
        return (
          <>
            <ul className="divide-y divide-line border-y border-line">
              {sessions.map((session) => (
                <SessionRow
                  key={session.id}
                  session={session}
                  isEnding={one.isPending && one.variables === session.id}
                  onEnd={() => end(session.id)}
                />
              ))}
            </ul>
            {query.hasNextPage && (
              <Button
                kind="quiet"
                className="mt-2"
                busy={query.isFetchingNextPage}
                onClick={() => void query.fetchNextPage()}
              >
                {t.moreSessions}
              </Button>
            )}
            <div role="status" className="mt-3 text-sm text-brand">
              {one.isSuccess ? t.ended : others.isSuccess ? t.othersEnded : null}
            </div>
            <FormFailure problem={problem ? asProblem(problem) : null} />
            {sessions.some(({ current }) => !current) ? (
              <Button
                kind="secondary"
                className="mt-3"
                busy={others.isPending}
                onClick={() => {
                  one.reset();
                  others.mutate();
                }}
              >
                {t.endOthers}
              </Button>
            ) : (
              <p className="mt-3 text-sm text-muted">{t.onlyThis}</p>
            )}
          </>
        );
      }}
    </Loaded>
  );
}
