import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { type Comment, repliesQuery, type ThreadedComment } from '../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  comment: Comment & Partial<Pick<ThreadedComment, 'replies'>>;
  /** An answer, as `<li>`. */
  children: (reply: Comment) => ReactNode;
}

/** The answers that came with a comment, and the further ones page by page. */
export function Replies({ comment, children }: Props) {
  const t = useTexts(texts);
  const { replies, reply_count } = comment;
  const first = replies?.items ?? [];
  const [isOpen, setOpen] = useState(false);
  // A comment that came as an answer itself has none of its own with it.
  const hasMore = replies ? replies.next_cursor !== null : reply_count > 0;
  const { data, error, hasNextPage, isFetching, fetchNextPage, refetch } = useInfiniteQuery({
    ...repliesQuery(useApi(), comment, replies?.next_cursor ?? null),
    enabled: isOpen,
  });
  const known = new Set(first.map(({ id }) => id));
  const later = data?.pages.flatMap(({ items }) => items).filter(({ id }) => !known.has(id)) ?? [];
  const more = () => {
    if (!isOpen) setOpen(true);
    else if (data) void fetchNextPage();
    else void refetch();
  };
  if (first.length === 0 && !hasMore) return null;
  return (
    <div className="pl-1 sm:pl-3">
      <ul>{[...first, ...later].map(children)}</ul>
      {error && (
        <ErrorState
          correlationId={asProblem(error).correlationId}
          isOffline={asProblem(error).status === 0}
          onRetry={more}
        />
      )}
      {hasMore && !error && (!data || hasNextPage) && (
        <Button kind="quiet" busy={isOpen && isFetching} onClick={more}>
          {isOpen && isFetching ? t.loading : first.length > 0 || isOpen ? t.moreReplies : t.showReplies(reply_count)}
        </Button>
      )}
    </div>
  );
}
