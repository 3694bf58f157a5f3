import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Flag, Pencil, Reply, ShieldX, Trash2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { ACTION } from '../components/looks.ts';
import type { ThreadPlace } from '../components/threadPlace.ts';
import type { Comment } from '../queries.ts';
import { useReport } from '../reporting.tsx';
import { AcceptAnswer } from './AcceptAnswer.tsx';
import { DeleteComment } from './DeleteComment.tsx';
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
  const { problem, react } = useCommentReaction(comment);
  const [isDeleting, setDeleting] = useState(false);
  const [isEditing, setEditing] = useState(false);
  const [isModerating, setModerating] = useState(false);
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
        {viewer.can_edit && (
          <button
            type="button"
            aria-label={t.editComment}
            title={t.editComment}
            onClick={() => setEditing(true)}
            className={ACTION}
          >
            <Pencil className="size-4" aria-hidden="true" />
          </button>
        )}
        {!viewer.is_author && report.open && (
          <button type="button" aria-label={t.report} title={t.report} onClick={report.open} className={ACTION}>
            <Flag className="size-4" aria-hidden="true" />
          </button>
        )}
        {thread.moderatedIn && (
          <button
            type="button"
            aria-label={t.removeComment}
            title={t.removeComment}
            onClick={() => setModerating(true)}
            className={ACTION}
          >
            <ShieldX className="size-4" aria-hidden="true" />
          </button>
        )}
        {viewer.can_delete && (
          <button
            type="button"
            aria-label={t.deleteComment}
            title={t.deleteComment}
            onClick={() => setDeleting(true)}
            className={ACTION}
          >
            <Trash2 className="size-4" aria-hidden="true" />
          </button>
        )}
      </div>
      <ProblemNote error={problem} />
      {isDeleting && <DeleteComment comment={comment} onClose={() => setDeleting(false)} />}
      {isEditing && (
        <Suspense>
          <EditComment comment={comment} onClose={() => setEditing(false)} />
        </Suspense>
      )}
      {isModerating && thread.moderatedIn && (
        <Suspense>
          <ModerateComment comment={comment} slug={thread.moderatedIn} onClose={() => setModerating(false)} />
        </Suspense>
      )}
      {report.dialog}
    </>
  );
}
