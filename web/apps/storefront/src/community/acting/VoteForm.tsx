import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changePost } from '../postCache.ts';
import type { Poll } from '../queries.ts';
import { texts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { voteInPoll } from './queries.ts';
import { actingTexts } from './texts.ts';

/** One vote for each person, which stays. */
export function VoteForm({ poll }: { poll: Poll }) {
  const t = useTexts(actingTexts);
  const { poll: label } = useTexts(texts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [isMissing, setMissing] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (option: number) => voteInPoll(api, poll.id, option),
    onSuccess: (voted) => changePost(queryClient, poll.post_id, (post) => ({ ...post, poll: voted })),
    // They have voted elsewhere, or it is over: the refusal says what there is now.
    onError: (refusal) => {
      const { code, said } = asProblem(refusal);
      const now =
        code === 'already_voted' ? { vote: Number(said.vote) } : code === 'poll_over' ? { is_over: true } : null;
      if (now) changePost(queryClient, poll.post_id, (post) => ({ ...post, poll: { ...poll, ...now } }));
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const chosen = new FormData(event.currentTarget).get('option');
    setMissing(chosen === null);
    if (chosen !== null && !isPending) mutate(Number(chosen));
  };
  return (
    <form onSubmit={submit} aria-label={label}>
      <fieldset>
        <legend className="sr-only">{label}</legend>
        {poll.options.map(({ text }, index) => (
          <label key={text} className="flex min-h-11 items-center gap-3">
            <input type="radio" name="option" value={index} className="size-5 shrink-0 accent-brand" />
            <span dir="auto" className="min-w-0 break-words">
              {text}
            </span>
          </label>
        ))}
      </fieldset>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {isMissing && t.chooseFirst}
      </p>
      <Button type="submit" kind="secondary" busy={isPending} className="mt-2">
        {t.vote}
      </Button>
      <ProblemNote error={error} />
    </form>
  );
}
