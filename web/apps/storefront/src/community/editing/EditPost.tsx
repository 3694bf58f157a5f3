import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { changePost } from '../postCache.ts';
import type { Post } from '../queries.ts';
import { CountedArea } from '../writing/CountedArea.tsx';
import { useDraft } from '../writing/useDraft.ts';
import { EditForm } from './EditForm.tsx';
import { MoodAndReplies } from './MoodAndReplies.tsx';
import { NewerText } from './NewerText.tsx';
import { changePublished, readPost } from './queries.ts';
import { editingTexts } from './texts.ts';
import { useEditing } from './useEditing.ts';
import { changesOf, faultOf, type WrittenPost, writtenOf } from './written.ts';

interface Props {
  post: Post;
  onClose: () => void;
}

/** What of a published post its author may still change: people have answered the rest, voted on it and passed it on. */
export function EditPost({ post, onClose }: Props) {
  const t = useTexts(editingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  // Of the version that is shown: what was begun on an older text is not put over a newer one.
  const before = writtenOf(post);
  const { written, write, clear } = useDraft<WrittenPost>(`edit:${post.id}:${post.version}`, before);
  const [fault, setFault] = useState<string | null>(null);
  const { submit, isSending, error, dialog, newer } = useEditing<Post>({
    shown: post,
    save: async (base) => {
      const change = changesOf(base, written);
      return Object.keys(change).length === 0 ? base : changePublished(api, base, change);
    },
    read: () => readPost(api, post.id),
    onSaved: (saved) => {
      changePost(queryClient, post.id, (shown) => ({ ...shown, ...changedPartsOf(saved) }));
      clear();
      onClose();
    },
  });
  const onSubmit = () => {
    const wrong = faultOf(written, post);
    setFault(wrong && t[wrong]);
    if (!wrong) void submit();
  };
  return (
    <Dialog title={t.editPost} onClose={onClose}>
      <EditForm
        label={t.editPost}
        fault={fault}
        error={error}
        isSending={isSending}
        onSubmit={onSubmit}
        onClose={onClose}
        onUndo={Object.keys(changesOf(post, written)).length > 0 ? clear : null}
      >
        <TextField
          label={t.warning}
          hint={t.warningHint}
          name="warning"
          dir="auto"
          value={written.warning}
          onChange={({ currentTarget }) => write({ warning: currentTarget.value })}
        />
        <CountedArea
          label={t.text}
          name="text"
          rows={5}
          value={written.text}
          onChange={({ currentTarget }) => write({ text: currentTarget.value })}
        />
        {post.poll && <p className="text-sm text-muted">{t.pollNote}</p>}
        {newer && <NewerText text={newer.text} onTake={() => write(writtenOf(newer))} />}
        <MoodAndReplies written={written} onWrite={write} />
      </EditForm>
      {dialog}
    </Dialog>
  );
}

function changedPartsOf(post: Post) {
  const { text, entities, content_warning, sentiment, language, reply_policy, edited_at, version } = post;
  return { text, entities, content_warning, sentiment, language, reply_policy, edited_at, version };
}
