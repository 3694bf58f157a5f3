import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import { askAgain, type ConcernedAction, keepAppeal, makeAppeal } from '../queries.ts';
import { moderationTexts } from '../texts.ts';
import { ProblemNote } from './ProblemNote.tsx';

interface Props {
  action: ConcernedAction;
  onSent: () => void;
  onCancel: () => void;
}

/** An appeal is made once for each action: sent again after a lost answer, it is found to be there. */
export function AppealForm({ action, onSent, onCancel }: Props) {
  const t = useTexts(moderationTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const id = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  // A second press comes before the first one's render.
  const isSending = useRef(false);
  const [isMissing, setMissing] = useState(false);
  const send = useMutation({
    mutationFn: (text: string) => makeAppeal(api, action.id, text),
    onSuccess: (appeal) => {
      void keepAppeal(queryClient, appeal);
      onSent();
    },
    onError: (error) => {
      isSending.current = false;
      if (asProblem(error).code === 'already_appealed') void askAgain(queryClient);
    },
  });
  useEffect(() => field.current?.focus(), []);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (isSending.current) return;
    const text = field.current?.value.trim() ?? '';
    setMissing(text === '');
    if (!text) return field.current?.focus();
    isSending.current = true;
    send.mutate(text);
  };
  return (
    <form onSubmit={submit} method="post" noValidate aria-label={t.appealOf(t.kinds[action.kind])} className="mt-4">
      <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
        {t.appealLabel}
      </label>
      <textarea
        ref={field}
        id={id}
        name="text"
        rows={5}
        maxLength={4000}
        required
        aria-invalid={isMissing || undefined}
        aria-describedby={`${id}-problem ${id}-hint`}
        className="w-full rounded-control border border-control bg-surface px-3.5 py-2.5 aria-invalid:border-danger"
      />
      <p id={`${id}-problem`} className="mt-1 text-sm text-danger empty:hidden">
        {isMissing ? t.appealMissing : null}
      </p>
      <p id={`${id}-hint`} className="mt-1 text-sm text-muted">
        {t.appealHint}
      </p>
      <div className="mt-4 flex flex-wrap gap-3">
        <Button type="submit" busy={send.isPending}>
          {send.isPending ? t.sending : t.send}
        </Button>
        <Button kind="secondary" onClick={onCancel}>
          {t.cancel}
        </Button>
      </div>
      <div className="mt-2">
        <ProblemNote error={send.error} />
      </div>
    </form>
  );
}
