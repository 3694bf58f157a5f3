import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntents } from '../acting/useIntents.ts';
import { POSTS_KEY } from '../queries.ts';
import { PEOPLE_KEY, type Person, type Relation, setBlock, setFollow, setMute } from './queries.ts';

/** What a reader is to a person, and how that changes: shown at once, taken back where the API refuses. */
export function useRelation(person: Person) {
  const api = useApi();
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { id, relation } = person;
  const change = (next: (person: Person) => Person) =>
    queryClient.setQueriesData<Person>({ queryKey: PEOPLE_KEY }, (one) => (one?.id === id ? next(one) : one));
  const relate = (next: Partial<Relation>) =>
    change((one) => (one.relation ? { ...one, relation: { ...one.relation, ...next } } : one));
  const toggle = (
    what: string,
    isSo: boolean,
    call: (next: boolean) => Promise<unknown>,
    after: (next: boolean) => Partial<Relation>,
  ) => {
    const key = `${what} ${id}`;
    const now = intents.wanted<boolean>(key) ?? isSo;
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: !now,
      call,
      // Back to what it was is just that, whatever else belongs to it.
      show: (next) => relate(next === now ? (relation ?? {}) : after(next)),
      onSettled: (answer) => {
        if (answer) change(() => answer as Person);
        // Lists show other posts by it: they are asked for again when they are opened.
        void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' });
      },
      onRefused: setProblem,
    });
  };
  const isFollowing = relation?.following || relation?.requested || false;
  return {
    problem,
    isFollowing,
    follow: () =>
      toggle(
        'follow',
        isFollowing,
        (next) => setFollow(api, id, next),
        (next) => ({ following: next && !person.is_private, requested: next && person.is_private }),
      ),
    mute: () =>
      toggle(
        'mute',
        relation?.muting ?? false,
        (next) => setMute(api, id, next),
        (muting) => ({ muting }),
      ),
    block: () =>
      toggle(
        'block',
        relation?.blocking ?? false,
        (next) => setBlock(api, id, next),
        (blocking) => (blocking ? { blocking, following: false, requested: false } : { blocking }),
      ),
  };
}
