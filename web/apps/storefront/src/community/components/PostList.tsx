import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button, buttonClass } from '@sharestack/ui/Button.tsx';
import type { QueryKey } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type MouseEvent, type ReactNode, useRef } from 'react';
import { placeOf } from '../newPosts.ts';
import type { ListedPost, PostListQuery } from '../queries.ts';
import { texts } from '../texts.ts';
import { ListFailure } from './ListFailure.tsx';
import { PostCard } from './PostCard.tsx';
import { PostSkeleton } from './PostSkeleton.tsx';
import { useKeptPlace } from './useKeptPlace.ts';
import { usePostList } from './usePostList.ts';

interface Props {
  query: PostListQuery;
  label: string;
  empty: ReactNode;
  /** False while it is not known yet which list it will be. */
  isReady?: boolean;
}

/** Posts, page by page. Ten pages are held however far one goes; the others are a press away, in both directions. */
export function PostList({ query, label, empty, isReady = true }: Props) {
  const list = usePostList(query, isReady);
  const { posts, error } = list;
  const { queryKey } = query;
  if (!posts && error) return <ListFailure error={error} queryKey={queryKey} onRetry={() => void list.refetch()} />;
  if (!posts) return <PostSkeleton />;
  if (posts.length === 0) return empty;
  return <Pages posts={posts} list={list} queryKey={queryKey} label={label} />;
}

interface PagesProps {
  posts: readonly ListedPost[];
  list: ReturnType<typeof usePostList>;
  queryKey: QueryKey;
  label: string;
}

function Pages({ posts, list, queryKey, label }: PagesProps) {
  const t = useTexts(texts);
  const element = useRef<HTMLUListElement>(null);
  const hold = useKeptPlace(element, list.held);
  const earlier = () => {
    hold('first');
    void list.fetchPreviousPage();
  };
  const more = () => {
    hold('last');
    void list.fetchNextPage();
  };
  return (
    <>
      {list.hasPreviousPage && (
        <Button kind="secondary" className="mt-4 w-full" busy={list.isFetchingPreviousPage} onClick={earlier}>
          {list.isFetchingPreviousPage ? t.loading : t.earlier}
        </Button>
      )}
      <ul ref={element} aria-label={label} className="divide-y divide-line [overflow-anchor:none]">
        {posts.map((post) => (
          <li key={placeOf(post)}>
            <PostCard post={post} />
          </li>
        ))}
      </ul>
      <p role="status" className="sr-only">
        {list.isFetchingNextPage ? t.loading : t.shown(posts.length)}
      </p>
      {list.error && <ListFailure error={list.error} queryKey={queryKey} onRetry={more} />}
      {list.next && !list.error && <MoreLink after={list.next} isLoading={list.isFetchingNextPage} onMore={more} />}
    </>
  );
}

interface MoreProps {
  after: string;
  isLoading: boolean;
  onMore: () => void;
}

/** Where no script runs, the further page has an address; otherwise it comes below. */
function MoreLink({ after, isLoading, onMore }: MoreProps) {
  const t = useTexts(texts);
  const go = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    if (!isLoading) onMore();
  };
  return (
    <Link
      to="."
      search={(search: object) => ({ ...search, after })}
      rel="nofollow"
      preload={false}
      aria-busy={isLoading}
      onClick={go}
      className={buttonClass('secondary', 'mt-4 w-full')}
    >
      {isLoading ? t.loading : t.more}
    </Link>
  );
}
