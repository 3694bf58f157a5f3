import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { actingTexts } from '../acting/texts.ts';
import { addComment } from '../postCache.ts';
import type { Comment } from '../queries.ts';
import { CountedArea } from './CountedArea.tsx';
import { characterCount, MOST_CHARACTERS } from './characters.ts';
import { sendComment } from './queries.ts';
import { useDraft } from './useDraft.ts';
import { useSending } from './useSending.tsx';

interface Props {
  postId: string;
  /** The comment that is answered; without one, the post is. */
  parent?: Comment;
  onDone?: () => void;
}

/** A comment stays in the form, and in this browser, until the API has it: whatever happens to the post meanwhile. */
export function CommentForm({ postId, parent, onDone }: Props) {
  const t = useTexts(actingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const field = useRef<HTMLTextAreaElement>(null);
  const [fault, setFault] = useState<string | null>(null);
  const { written, write, seal, clear } = useDraft(`comment:${postId}:${parent?.id ?? ''}`, { text: '' });
  const text = written.text.trim();
  const { submit, isSending, error, dialog } = useSending(
    () => sendComment(api, postId, seal({ text }), text, parent?.id ?? null),
    (comment) => {
      clear();
      addComment(queryClient, comment);
      onDone?.();
    },
  );
  const isAnswer = parent !== undefined;
  useEffect(() => {
    if (isAnswer) field.current?.focus();
  }, [isAnswer]);
  const onSubmit = (event: FormEvent) => {
    event.preventDefault();
    const wrong = text === '' ? t.commentEmpty : characterCount(text) > MOST_CHARACTERS ? t.commentTooLong : null;
    setFault(wrong);
    if (wrong) field.current?.focus();
    else void submit();
  };
  const label = parent?.author ? t.replyTo(parent.author.display_name) : t.yourComment;
  return (
    <>
      <form onSubmit={onSubmit} noValidate aria-label={label} className="mt-3">
        <CountedArea
          field={field}
          label={label}
          name="text"
          value={written.text}
          onChange={({ currentTarget }) => write({ text: currentTarget.value })}
        />
        <p role="alert" className="text-sm text-danger empty:hidden">
          {fault}
        </p>
        <ProblemNote error={error} />
        <div className="mt-2 flex flex-wrap gap-3">
          <Button type="submit" busy={isSending}>
            {isSending ? t.sending : t.sendComment}
          </Button>
          {onDone && (
            <Button kind="secondary" onClick={onDone}>
              {t.cancel}
            </Button>
          )}
        </div>
      </form>
      {dialog}
    </>
  );
}
