import { useTexts } from '@sharestack/i18n/locale.tsx';
import { CircleCheck } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { Comment, ThreadedComment } from '../queries.ts';
import { texts } from '../texts.ts';
import { Avatar } from './Avatar.tsx';
import { Covered } from './Covered.tsx';
import { EditedNote } from './EditedNote.tsx';
import { PersonLink } from './PersonLink.tsx';
import { PostText } from './PostText.tsx';
import { PostTime } from './PostTime.tsx';
import { ReactionCounts } from './ReactionCounts.tsx';
import { Replies } from './Replies.tsx';
import type { ThreadPlace } from './threadPlace.ts';

const CommentButtons = lazy(() =>
  import('../acting/CommentButtons.tsx').then((module) => ({ default: module.CommentButtons })),
);
const CommentForm = lazy(() =>
  import('../writing/CommentForm.tsx').then((module) => ({ default: module.CommentForm })),
);
const EarlierComments = lazy(() =>
  import('../editing/Earlier.tsx').then((module) => ({ default: module.EarlierComments })),
);
const ReinstateComment = lazy(() =>
  import('../groups/managing/ReinstateComment.tsx').then((module) => ({ default: module.ReinstateComment })),
);

/** Deeper than this, answers are not moved in any further: a phone has no room for it. */
const DEEPEST = 4;

interface Props {
  comment: Comment & Partial<Pick<ThreadedComment, 'replies'>>;
  thread: ThreadPlace;
}

/** A comment, or the place of one that is gone, and the answers to it. */
export function CommentItem({ comment, thread }: Props) {
  const [isAnswering, setAnswering] = useState(false);
  return (
    <li className={comment.depth > 0 && comment.depth <= DEEPEST ? 'border-l border-line pl-3 sm:pl-4' : ''}>
      <article className="py-3">
        <CommentHead comment={comment} isAccepted={comment.id === thread.acceptedId} />
        <CommentWords comment={comment} />
        {comment.state === 'live' && (
          <CommentActions comment={comment} thread={thread} onReply={() => setAnswering(true)} />
        )}
        {comment.state === 'hidden' && thread.moderatedIn && (
          <Suspense>
            <ReinstateComment comment={comment} slug={thread.moderatedIn} />
          </Suspense>
        )}
        {isAnswering && (
          <Suspense>
            <CommentForm postId={comment.post_id} parent={comment} onDone={() => setAnswering(false)} />
          </Suspense>
        )}
      </article>
      <Replies comment={comment}>{(reply) => <CommentItem key={reply.id} comment={reply} thread={thread} />}</Replies>
    </li>
  );
}

function CommentHead({ comment, isAccepted }: { comment: Comment; isAccepted: boolean }) {
  const t = useTexts(texts);
  const { author } = comment;
  return (
    <header className="flex flex-wrap items-center gap-x-2 text-sm">
      {author && (
        <>
          <Avatar picture={author.picture} className="size-7" />
          <PersonLink person={author} />
        </>
      )}
      <span className="text-muted">
        <PostTime instant={comment.created_at} />
      </span>
      {comment.edited_at && (
        <span className="text-muted">
          <EditedNote dialog={(close) => <EarlierComments comment={comment} onClose={close} />} />
        </span>
      )}
      {isAccepted && (
        <span className="inline-flex items-center gap-1 text-brand">
          <CircleCheck className="size-4" aria-hidden="true" />
          {t.answerAccepted}
        </span>
      )}
    </header>
  );
}

function CommentWords({ comment: { state, text, entities, viewer, hidden_reason } }: { comment: Comment }) {
  const t = useTexts(texts);
  return (
    <>
      {state !== 'live' && (
        <p className="mt-1 text-muted">
          {t.commentStates[state]} {text !== null && t.onlyYou} {hidden_reason && t.hiddenReason(hidden_reason)}
        </p>
      )}
      {text !== null && (
        <div className="mt-1">
          <Covered reason={viewer?.is_folded ? t.foldedComment : null}>
            <PostText text={text} entities={entities} />
          </Covered>
        </div>
      )}
    </>
  );
}

interface ActionsProps {
  comment: Comment;
  thread: ThreadPlace;
  onReply: () => void;
}

function CommentActions({ comment, thread, onReply }: ActionsProps) {
  const counts = <ReactionCounts reactions={comment.reactions} />;
  if (!comment.viewer) return counts;
  return (
    <Suspense fallback={<div className="min-h-11">{counts}</div>}>
      <CommentButtons comment={comment} viewer={comment.viewer} thread={thread} onReply={onReply} />
    </Suspense>
  );
}
