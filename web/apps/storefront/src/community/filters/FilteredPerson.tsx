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
import { PEOPLE_KEY, setBlock, setMute } from '../people/queries.ts';
import { POSTS_KEY } from '../queries.ts';
import { Ending } from './Ending.tsx';
import { MuteEnd } from './MuteEnd.tsx';
import type { ContentFilter } from './queries.ts';
import { filtersTexts } from './texts.ts';

/** Somebody who is muted or blocked. Once that is ended the row stays, so that a slip can be undone. */
export function FilteredPerson({ filter }: { filter: ContentFilter }) {
  const t = useTexts(filtersTexts);
  const { kind, person, until, created_at: since } = filter;
  const { isOn, problem, toggle } = useFilter(filter);
  const [isChanging, setChanging] = useState(false);
  const words = kind === 'mute' ? [t.unmute, t.muteAgain, t.unmuted] : [t.unblock, t.blockAgain, t.unblocked];
  const note = (
    <>
      {t.since} <Moment instant={since} precision="day" />
      {kind === 'mute' && isOn && (
        <>
          {' · '}
          <Ending until={until} />
        </>
      )}
    </>
  );
  const actions = (
    <>
      {kind === 'mute' && isOn && (
        <Button kind="quiet" onClick={() => setChanging(true)}>
          {t.changeEnd}
        </Button>
      )}
      <Button kind="secondary" onClick={toggle}>
        {isOn ? words[0] : words[1]}
      </Button>
    </>
  );
  return (
    <PersonRow person={person} note={note} actions={actions}>
      <p role="status" className="mt-1 text-sm text-muted empty:hidden">
        {!isOn && words[2]}
      </p>
      <ProblemNote error={problem} words={t.problems} />
      {isChanging && <MuteEnd person={person} until={until} onClose={() => setChanging(false)} />}
    </PersonRow>
  );
}

/** Ending a mute or a block, and beginning it anew: shown at once, taken back where the API refuses. */
function useFilter({ kind, person: { id }, until }: ContentFilter) {
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [isOn, setOn] = useState(true);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const toggle = () => {
    const key = `${kind} ${id}`;
    const now = intents.wanted<boolean>(key) ?? isOn;
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: !now,
      call: (next) => (kind === 'mute' ? setMute(api, id, next, until) : setBlock(api, id, next)),
      show: setOn,
      onSettled: () => {
        // Other pages show other things by it: they are asked for again when they are opened.
        for (const queryKey of [POSTS_KEY, PEOPLE_KEY]) {
          void queryClient.invalidateQueries({ queryKey, refetchType: 'none' });
        }
      },
      onRefused: setProblem,
    });
  };
  return { isOn, problem, toggle };
}
