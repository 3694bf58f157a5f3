import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import type { QueryKey } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import type { Review } from '../queries.ts';
import { texts } from '../texts.ts';

const VoteButtons = lazy(() => import('./VoteButtons.tsx').then((module) => ({ default: module.VoteButtons })));

/** How many found a review helpful; with the buttons to say so, for who is signed in. */
export function ReviewVotes({ review, queryKey }: { review: Review; queryKey: QueryKey }) {
  const t = useTexts(texts);
  const { status } = useSessionState();
  const { publicHref } = useLocation();
  const counts = (
    <p className="mt-2 flex min-h-11 flex-wrap items-center gap-x-3 text-sm text-muted">
      {review.helpful_count > 0 && <span>{t.foundHelpful(review.helpful_count)}</span>}
      {status === 'anonymous' && (
        <Link to="/sign-in" search={{ next: publicHref }} className="underline underline-offset-4 hover:text-ink">
          {t.signInToVote}
        </Link>
      )}
    </p>
  );
  if (status !== 'signed-in') return counts;
  return (
    <Suspense fallback={counts}>
      <VoteButtons review={review} queryKey={queryKey} />
    </Suspense>
  );
}
