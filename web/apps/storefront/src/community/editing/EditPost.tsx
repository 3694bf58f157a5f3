import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { AudienceFields } from '../composing/AudienceFields.tsx';
import { TextField } from '../composing/TextField.tsx';
import { WarningField } from '../composing/WarningField.tsx';
import { type Context, type Fault, faultOf, type Written, writtenOf } from '../composing/written.ts';
import { changePost } from '../postCache.ts';
import type { Post } from '../queries.ts';
import { useDraft } from '../writing/useDraft.ts';
import { EditForm } from './EditForm.tsx';
import { NewerText } from './NewerText.tsx';
import { changePublished, readPost } from './queries.ts';
import { editingTexts } from './texts.ts';
import { useEditing } from './useEditing.ts';

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
  const { written, write, clear } = useDraft<Written>(`edit:${post.id}:${post.version}`, before);
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
    const wrong = wordsOf(t, faultOf(written, placeOf(post)));
    setFault(wrong);
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
        <WarningField warning={written.warning} onWrite={(warning) => write({ warning })} />
        <TextField text={written.text} onWrite={(text) => write({ text })} />
        {post.poll && <p className="text-sm text-muted">{t.pollNote}</p>}
        {newer && <NewerText text={newer.text} onTake={() => write(writtenOf(newer))} />}
        {/* Who sees it stays. */}
        <AudienceFields written={written} onWrite={write} isInGroup />
      </EditForm>
      {dialog}
    </Dialog>
  );
}

const placeOf = ({ quoted, group }: Post): Context => ({
  quotedId: quoted ? (quoted.post?.id ?? '') : null,
  groupId: group?.id ?? null,
});

type Change = Parameters<typeof changePublished>[2];

/** Only what is another: a poll's question that people have voted on is not sent with a new mood. */
function changesOf(base: Post, written: Written): Change {
  const wanted = {
    text: written.text.trim(),
    content_warning: written.warning?.trim() || null,
    sentiment: written.sentiment || null,
    reply_policy: written.replies,
  };
  const names = Object.keys(wanted) as (keyof typeof wanted)[];
  return Object.fromEntries(
    names.filter((name) => wanted[name] !== base[name]).map((name) => [name, wanted[name]]),
  ) as Change;
}

function changedPartsOf(post: Post) {
  const { text, entities, content_warning, sentiment, language, reply_policy, edited_at, version } = post;
  return { text, entities, content_warning, sentiment, language, reply_policy, edited_at, version };
}

/** Pictures and polls stay as they are, so that nothing can be wrong with them. */
function wordsOf(t: (typeof editingTexts)['en'], fault: Fault | null): string | null {
  if (fault === 'empty') return t.empty;
  if (fault === 'tooLong') return t.tooLong;
  return fault === 'warningTooLong' ? t.warningTooLong : null;
}
