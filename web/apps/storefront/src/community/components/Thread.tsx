import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense } from 'react';
import { commentsQuery, type Post } from '../queries.ts';
import { texts } from '../texts.ts';
import { usePersonal } from '../usePersonal.ts';
import { CommentItem } from './CommentItem.tsx';
import { PostSkeleton } from './PostSkeleton.tsx';
import { SignInLink } from './SignInLink.tsx';
import { threadPlaceOf } from './threadPlace.ts';

const CommentForm = lazy(() =>
  import('../writing/CommentForm.tsx').then((module) => ({ default: module.CommentForm })),
);

/** What was said to a post: page by page, each comment with the first answers to it. */
export function Thread({ post }: { post: Post }) {
  const t = useTexts(texts);
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(
    commentsQuery(useApi(), post.id),
  );
  const thread = threadPlaceOf(post);
  const comments = data?.pages.flatMap(({ items }) => items);
  usePersonal(comments?.some(({ viewer }) => viewer === null) ?? false, refetch);
  return (
    <section id="comments" aria-labelledby="comments-title" className="mt-8 border-t border-line pt-6">
      <h2 id="comments-title" className="font-display text-2xl">
        {t.comments}
      </h2>
      <WriteComment post={post} canReply={data?.pages[0]?.can_reply ?? false} />
      {comments?.length === 0 && <p className="mt-4 text-muted">{t.noComments}</p>}
      {comments && comments.length > 0 && (
        <ul className="mt-4 divide-y divide-line">
          {comments.map((comment) => (
            <CommentItem key={comment.id} comment={comment} thread={thread} />
          ))}
        </ul>
      )}
      {!comments && !error && <PostSkeleton count={2} />}
      {error && (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={() => void (data ? fetchNextPage() : refetch())}
        />
      )}
      {hasNextPage && !error && (
        <Button kind="secondary" className="mt-4 w-full" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {isFetchingNextPage ? t.loading : t.moreComments}
        </Button>
      )}
    </section>
  );
}

/** The form; or why there is none. Once it is open it stays, whatever becomes of the post: its text is not lost. */
function WriteComment({ post, canReply }: { post: Post; canReply: boolean }) {
  const t = useTexts(texts);
  const { status } = useSessionState();
  if (status === 'unknown') return null;
  if (status === 'anonymous' && post.viewer === null) {
    return <SignInLink>{t.signInToComment}</SignInLink>;
  }
  if (post.viewer === null) return null;
  if (!canReply && !post.viewer.can_reply) {
    const { group } = post;
    const why = group?.is_closed ? t.groupClosed : group?.is_locked ? t.locked : t.cannotReply;
    return <p className="mt-4 text-muted">{why}</p>;
  }
  return (
    <Suspense>
      <CommentForm postId={post.id} />
    </Suspense>
  );
}
