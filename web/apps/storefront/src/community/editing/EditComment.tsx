import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changeComment } from '../postCache.ts';
import type { Comment } from '../queries.ts';
import { CountedArea } from '../writing/CountedArea.tsx';
import { characterCount, MOST_CHARACTERS } from '../writing/characters.ts';
import { useDraft } from '../writing/useDraft.ts';
import { EditForm } from './EditForm.tsx';
import { NewerText } from './NewerText.tsx';
import { changeOwnComment, readComment } from './queries.ts';
import { editingTexts } from './texts.ts';
import { useEditing } from './useEditing.ts';

interface Props {
  comment: Comment;
  onClose: () => void;
}

/** The words of one's own comment. */
export function EditComment({ comment, onClose }: Props) {
  const t = useTexts(editingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { written, write, clear } = useDraft(`edit:${comment.id}:${comment.version}`, { text: comment.text ?? '' });
  const { text } = written;
  const [fault, setFault] = useState<string | null>(null);
  const { submit, isSending, error, dialog, newer } = useEditing<Comment>({
    shown: comment,
    save: async (base) => (text.trim() === base.text ? base : changeOwnComment(api, base, text.trim())),
    read: () => readComment(api, comment.id),
    onSaved: ({ text: words, entities, edited_at, version }) => {
      changeComment(queryClient, comment.post_id, comment.id, (one) => ({
        ...one,
        text: words,
        entities,
        edited_at,
        version,
      }));
      clear();
      onClose();
    },
  });
  const onSubmit = () => {
    const wrong = text.trim() === '' ? t.empty : characterCount(text) > MOST_CHARACTERS ? t.tooLong : null;
    setFault(wrong);
    if (!wrong) void submit();
  };
  return (
    <Dialog title={t.editComment} onClose={onClose}>
      <EditForm
        label={t.editComment}
        fault={fault}
        error={error}
        isSending={isSending}
        onSubmit={onSubmit}
        onClose={onClose}
        onUndo={text.trim() === comment.text ? null : clear}
      >
        <CountedArea
          label={t.text}
          name="text"
          value={text}
          onChange={({ currentTarget }) => write({ text: currentTarget.value })}
        />
        {newer && <NewerText text={newer.text ?? ''} onTake={() => write({ text: newer.text ?? '' })} />}
      </EditForm>
      {dialog}
    </Dialog>
  );
}
