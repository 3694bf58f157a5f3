import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Bookmark, Repeat2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Count } from '../components/Count.tsx';
import { ACTION } from '../components/looks.ts';
import type { ListedPost } from '../queries.ts';
import { texts } from '../texts.ts';
import { menuTexts } from './menu/texts.ts';
import { PostMenu } from './PostMenu.tsx';
import { ProblemNote } from './ProblemNote.tsx';
import { ReactionMenu } from './ReactionMenu.tsx';
import { actingTexts } from './texts.ts';
import { usePostIntents } from './useIntents.ts';
import { usePagePin } from './usePagePin.ts';

interface Props {
  post: ListedPost;
  /** The link to the thread, at its place among the buttons. */
  thread: ReactNode;
}

/** What somebody who is signed in does with a post. */
export function PostButtons({ post, thread }: Props) {
  const t = useTexts(menuTexts);
  const { problem, react, repost, bookmark } = usePostIntents(post);
  const { pin, isPinned, error } = usePagePin(post);
  return (
    <>
      <div className="-ml-1.5 flex flex-wrap items-center gap-x-1 sm:gap-x-4">
        <ReactionMenu reactions={post.stats.reactions} mine={post.viewer?.reaction ?? null} onReact={react} />
        {thread}
        <RepostButton post={post} onPress={repost} />
        <BookmarkButton isBookmarked={post.viewer?.is_bookmarked ?? false} onPress={bookmark} />
        <PostMenu post={post} onPin={pin} />
      </div>
      <p role="status" className="text-sm text-muted empty:hidden">
        {isPinned !== undefined && (isPinned ? t.pinnedOnPage : t.unpinnedFromPage)}
      </p>
      <ProblemNote error={problem ?? error} />
    </>
  );
}

function RepostButton({ post: { viewer, stats }, onPress }: { post: ListedPost; onPress: () => void }) {
  const t = useTexts(actingTexts);
  const { withCount } = useTexts(texts);
  if (!viewer?.can_repost && !viewer?.is_reposted) return null;
  const count = stats.reposts + stats.quotes;
  return (
    <button
      type="button"
      aria-label={withCount(t.repost, count)}
      aria-pressed={viewer.is_reposted}
      onClick={onPress}
      className={ACTION}
    >
      <Repeat2 className="size-5" strokeWidth={1.75} aria-hidden="true" />
      <Count value={count} />
    </button>
  );
}

function BookmarkButton({ isBookmarked, onPress }: { isBookmarked: boolean; onPress: () => void }) {
  const t = useTexts(actingTexts);
  return (
    <button type="button" aria-label={t.bookmark} aria-pressed={isBookmarked} onClick={onPress} className={ACTION}>
      <Bookmark className={`size-5 ${isBookmarked ? 'fill-brand' : ''}`} strokeWidth={1.75} aria-hidden="true" />
    </button>
  );
}
