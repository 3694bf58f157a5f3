import { asProblem } from '@sharestack/api/problem.ts';
import { useRequestKey } from '@sharestack/api/useRequestKey.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useNotify } from './Notices.tsx';
import { type ProblemWords, problemText } from './problemText.ts';
import { texts } from './texts.ts';

interface Options<Input, Answer> {
  /** `key` is the Idempotency-Key of this act. */
  act: (input: Input, key: string) => Promise<Answer>;
  /** Keys whose answers are another now, also where the act was refused. */
  changes?: readonly QueryKey[];
  onDone?: (answer: Answer, input: Input) => void;
  /** Said when it is done; null says nothing. */
  done?: string | null;
  undo?: (answer: Answer, input: Input) => void;
  /** Refusals are shown by the place itself (`error`) instead of as a notice. */
  isShownHere?: boolean;
  words?: ProblemWords;
}

/** Something that staff do: once however often it is pressed, told when it is done or refused, lists read again. */
export function useAction<Input = void, Answer = unknown>(options: Options<Input, Answer>) {
  const t = useTexts(texts);
  const notify = useNotify();
  const queryClient = useQueryClient();
  const keyOf = useRequestKey();
  const isActing = useRef(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (input: Input) => options.act(input, keyOf(input ?? null)),
    onSuccess: (answer, input) => {
      keyOf({ next: crypto.randomUUID() });
      const { undo } = options;
      if (options.done !== null) notify(options.done ?? t.saved, undo && (() => undo(answer, input)));
      options.onDone?.(answer, input);
    },
    onError: (failure) => {
      if (!options.isShownHere) notify(problemText(t, asProblem(failure), options.words));
    },
    onSettled: () => {
      isActing.current = false;
      for (const queryKey of options.changes ?? []) void queryClient.invalidateQueries({ queryKey });
    },
  });
  const run = (input: Input) => {
    if (isActing.current) return;
    isActing.current = true;
    mutate(input);
  };
  return { run, isPending, error, reset };
}
