import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { useIntents } from '../acting/useIntents.ts';
import { PersonRow } from '../people/PersonRow.tsx';
import { PEOPLE_KEY, setFollow } from '../people/queries.ts';
import type { ListedPerson } from './queries.ts';
import { requestsTexts } from './texts.ts';

/** Somebody who was asked. What is withdrawn stays in sight, so that a slip can be undone. */
export function SentRow({ person }: { person: ListedPerson }) {
  const t = useTexts(requestsTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [isAsking, setAsking] = useState(true);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const toggle = () => {
    const key = `follow ${person.id}`;
    const now = intents.wanted<boolean>(key) ?? isAsking;
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: !now,
      call: (next) => setFollow(api, person.id, next),
      show: setAsking,
      onSettled: () => void queryClient.invalidateQueries({ queryKey: PEOPLE_KEY, refetchType: 'none' }),
      onRefused: setProblem,
    });
  };
  const note = (
    <>
      {t.askedOn} <Moment instant={person.since} precision="day" />
    </>
  );
  const actions = (
    <Button kind="secondary" aria-label={isAsking ? t.withdrawOf(person.display_name) : undefined} onClick={toggle}>
      {isAsking ? t.withdraw : t.askAgain}
    </Button>
  );
  return (
    <PersonRow person={person} note={note} actions={actions}>
      <p role="status" className="mt-1 text-sm text-muted empty:hidden">
        {!isAsking && t.done.withdrawn}
      </p>
      <ProblemNote error={problem} words={t.problems} />
    </PersonRow>
  );
}
