import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { PersonRow } from '../people/PersonRow.tsx';
import { PEOPLE_KEY } from '../people/queries.ts';
import { acceptRequest, declineRequest, type ListedPerson, requestCountQuery } from './queries.ts';
import { requestsTexts } from './texts.ts';

type Answer = 'accepted' | 'declined';

/** Somebody who asks. The answer is shown at once, and the question is there again where the API refuses. */
export function ReceivedRow({ person }: { person: ListedPerson }) {
  const t = useTexts(requestsTexts);
  const { answered, error, answer } = useAnswer(person);
  const said = useRef<HTMLParagraphElement>(null);
  const press = (wanted: Answer) => {
    answer(wanted);
    // The buttons go: who works with keys is where it says what was done.
    said.current?.focus();
  };
  const note = (
    <>
      {t.askedOn} <Moment instant={person.since} precision="day" />
    </>
  );
  const actions = !answered && (
    <>
      <Button aria-label={t.acceptOf(person.display_name)} onClick={() => press('accepted')}>
        {t.accept}
      </Button>
      <Button kind="secondary" aria-label={t.declineOf(person.display_name)} onClick={() => press('declined')}>
        {t.decline}
      </Button>
    </>
  );
  return (
    <PersonRow person={person} note={note} actions={actions}>
      <p ref={said} role="status" tabIndex={-1} className="mt-1 min-h-6 text-sm text-muted">
        {answered && t.done[answered]}
      </p>
      <ProblemNote error={error} words={t.problems} />
    </PersonRow>
  );
}

function useAnswer({ id }: ListedPerson) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { queryKey } = requestCountQuery(api);
  const count = (by: number) =>
    queryClient.setQueryData(queryKey, (me) =>
      me ? { ...me, follow_request_count: Math.max(0, (me.follow_request_count ?? 0) + by) } : me,
    );
  const { mutate, variables, error, isError } = useMutation({
    mutationFn: (answer: Answer) => (answer === 'accepted' ? acceptRequest(api, id) : declineRequest(api, id)),
    onMutate: () => count(-1),
    onError: () => count(1),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: PEOPLE_KEY, refetchType: 'none' }),
  });
  return { answered: isError ? undefined : variables, error, answer: mutate };
}
