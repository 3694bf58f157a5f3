import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { MessageCircle, Repeat2 } from 'lucide-react';
import { lazy, Suspense } from 'react';
import type { ListedPost } from '../queries.ts';
import { texts } from '../texts.ts';
import { Count } from './Count.tsx';
import { ACTION } from './looks.ts';
import { ReactionCounts } from './ReactionCounts.tsx';

const PostButtons = lazy(() => import('../acting/PostButtons.tsx').then((module) => ({ default: module.PostButtons })));

/** What was done with a post and the way to its thread; for who is signed in, with the buttons to do the same. */
export function PostActions({ post }: { post: ListedPost }) {
  const thread = <ThreadLink post={post} />;
  const counts = (
    <div className="flex flex-wrap items-center gap-x-2 sm:gap-x-4">
      <ReactionCounts reactions={post.stats.reactions} />
      {thread}
      <RepostCount post={post} />
    </div>
  );
  return (
    <footer className="mt-2 min-h-11">
      {post.viewer ? (
        <Suspense fallback={counts}>
          <PostButtons post={post} thread={thread} />
        </Suspense>
      ) : (
        counts
      )}
    </footer>
  );
}

function ThreadLink({ post: { id, stats } }: { post: ListedPost }) {
  const t = useTexts(texts);
  return (
    <Link
      to="/posts/$id"
      params={{ id }}
      hash="comments"
      aria-label={t.commentCount(stats.comments)}
      className={ACTION}
    >
      <MessageCircle className="size-5" strokeWidth={1.75} aria-hidden="true" />
      <Count value={stats.comments} />
    </Link>
  );
}

function RepostCount({ post: { stats } }: { post: ListedPost }) {
  const t = useTexts(texts);
  const count = stats.reposts + stats.quotes;
  if (count === 0) return null;
  return (
    <span className="inline-flex min-h-11 items-center gap-1 text-muted">
      <Repeat2 className="size-5" strokeWidth={1.75} aria-hidden="true" />
      <span className="sr-only">{t.repostCount(count)}</span>
      <Count value={count} />
    </span>
  );
}
