import type { ApiProblem } from '@sharestack/api/problem.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useIntents } from '../acting/useIntents.ts';
import { POSTS_KEY } from '../queries.ts';

/** Following somebody or something: shown at once, taken back where the API refuses. */
export function useFollowing(key: string, isFollowed: boolean, call: (next: boolean) => Promise<unknown>) {
  const queryClient = useQueryClient();
  const intents = useIntents();
  const [isOn, setOn] = useState(isFollowed);
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const toggle = () => {
    const now = intents.wanted<boolean>(key) ?? isOn;
    setProblem(null);
    void intents.want({
      key,
      now,
      wanted: !now,
      call,
      show: setOn,
      // The feed has other posts by it: it is asked for again when it is opened.
      onSettled: () => void queryClient.invalidateQueries({ queryKey: POSTS_KEY, refetchType: 'none' }),
      onRefused: setProblem,
    });
  };
  return { isOn, problem, toggle };
}
