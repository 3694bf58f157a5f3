import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Flag, type LucideIcon, Pencil, Reply, ShieldX, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ACTION } from '../components/looks.ts';
import type { ThreadPlace } from '../components/threadPlace.ts';
import type { Comment } from '../queries.ts';
import { useReport } from '../reporting.tsx';
import { AcceptAnswer } from './AcceptAnswer.tsx';
import { DeleteComment } from './DeleteComment.tsx';
import { menuTexts } from './menu/texts.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { ReactionMenu } from './ReactionMenu.tsx';
import { actingTexts } from './texts.ts';
import { useCommentReaction } from './useIntents.ts';

const EditComment = lazy(() =>
  import('../editing/EditComment.tsx').then((module) => ({ default: module.EditComment })),
);
const ModerateComment = lazy(() =>
  import('../groups/managing/ModerateComment.tsx').then((module) => ({ default: module.ModerateComment })),
);

type CommentDialog = 'edit' | 'moderate' | 'delete';

interface Props {
  comment: Comment;
  viewer: NonNullable<Comment['viewer']>;
  /** Where the thread is, and what the reader decides there. */
  thread: ThreadPlace;
  onReply: () => void;
}

/** What somebody who is signed in does with a comment. */
export function CommentButtons({ comment, viewer, thread, onReply }: Props) {
  const t = useTexts(actingTexts);
  const words = useTexts(menuTexts);
  const { problem, react } = useCommentReaction(comment);
  const [dialog, setDialog] = useState<CommentDialog | null>(null);
  const report = useReport({ kind: 'comment', id: comment.id });
  return (
    <>
      <div className="-ml-1.5 flex flex-wrap items-center gap-x-1">
        <ReactionMenu reactions={comment.reactions} mine={viewer.reaction} onReact={react} />
        {viewer.can_reply && (
          <button type="button" onClick={onReply} className={`${ACTION} text-sm`}>
            <Reply className="size-4" aria-hidden="true" />
            {t.reply}
          </button>
        )}
        {thread.acceptsIn && (
          <AcceptAnswer comment={comment} slug={thread.acceptsIn} isAccepted={thread.acceptedId === comment.id} />
        )}
        {viewer.can_edit && <IconButton Icon={Pencil} label={words.editComment} onPress={() => setDialog('edit')} />}
        {!viewer.is_author && report.open && <IconButton Icon={Flag} label={t.report} onPress={report.open} />}
        {thread.moderatedIn && (
          <IconButton Icon={ShieldX} label={words.removeComment} onPress={() => setDialog('moderate')} />
        )}
        {viewer.can_delete && <IconButton Icon={Trash2} label={t.deleteComment} onPress={() => setDialog('delete')} />}
      </div>
      <ProblemNote error={problem} />
      <Dialogs comment={comment} thread={thread} dialog={dialog} onClose={() => setDialog(null)} />
      {report.dialog}
    </>
  );
}

function IconButton({ Icon, label, onPress }: { Icon: LucideIcon; label: string; onPress: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onPress} className={ACTION}>
      <Icon className="size-4" aria-hidden="true" />
    </button>
  );
}

interface DialogsProps {
  comment: Comment;
  thread: ThreadPlace;
  dialog: CommentDialog | null;
  onClose: () => void;
}

function Dialogs({ comment, thread: { moderatedIn }, dialog, onClose }: DialogsProps) {
  return (
    <Suspense>
      {dialog === 'edit' && <EditComment comment={comment} onClose={onClose} />}
      {dialog === 'moderate' && moderatedIn && (
        <ModerateComment comment={comment} slug={moderatedIn} onClose={onClose} />
      )}
      {dialog === 'delete' && <DeleteComment comment={comment} onClose={onClose} />}
    </Suspense>
  );
}
