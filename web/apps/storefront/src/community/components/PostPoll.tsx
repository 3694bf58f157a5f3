import { lazy, Suspense } from 'react';
import type { ListedPost, Poll } from '../queries.ts';
import { PollView } from './PollView.tsx';

const VoteForm = lazy(() => import('../acting/VoteForm.tsx').then((module) => ({ default: module.VoteForm })));

/** A poll: to vote in, for who may; its results for everybody else. */
export function PostPoll({ poll, viewer }: { poll: Poll; viewer: ListedPost['viewer'] }) {
  const canVote = viewer?.can_vote && poll.vote === null && !poll.is_over;
  return (
    <PollView poll={poll}>
      {canVote && (
        <Suspense fallback={<div style={{ height: `${poll.options.length * 2.75 + 3.25}rem` }} />}>
          <VoteForm poll={poll} />
        </Suspense>
      )}
    </PollView>
  );
}
