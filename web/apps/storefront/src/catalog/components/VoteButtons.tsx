import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { type QueryKey, useMutation, useQueryClient } from '@tanstack/react-query';
import { ThumbsDown, ThumbsUp } from 'lucide-react';
import { type Review, type ReviewPage, voteOnReview } from '../queries.ts';
import { texts } from '../texts.ts';

const VOTE =
  'inline-flex min-h-11 items-center gap-1.5 px-2 text-sm text-muted tabular-nums hover:text-ink aria-pressed:font-semibold aria-pressed:text-brand';

/** Helpful or not; the counts in the page come from the API's answer. */
export function VoteButtons({ review, queryKey }: { review: Review; queryKey: QueryKey }) {
  const t = useTexts(texts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, data, isPending, error } = useMutation({
    mutationFn: (helpful: boolean) => voteOnReview(api, review.id, helpful),
    onSuccess: ({ helpful_count, unhelpful_count }) =>
      queryClient.setQueryData<ReviewPage>(
        queryKey,
        (page) =>
          page && {
            ...page,
            items: page.items.map((one) => (one.id === review.id ? { ...one, helpful_count, unhelpful_count } : one)),
          },
      ),
  });
  return (
    <fieldset className="mt-2 flex flex-wrap items-center">
      <legend className="sr-only">{t.wasHelpful}</legend>
      <button
        type="button"
        className={`${VOTE} pl-0`}
        aria-pressed={data?.helpful === true}
        onClick={() => !isPending && mutate(true)}
      >
        <ThumbsUp className="size-4" aria-hidden="true" />
        {t.helpful} {review.helpful_count > 0 && review.helpful_count}
      </button>
      <button
        type="button"
        className={VOTE}
        aria-pressed={data?.helpful === false}
        onClick={() => !isPending && mutate(false)}
      >
        <ThumbsDown className="size-4" aria-hidden="true" />
        {t.notHelpful} {review.unhelpful_count > 0 && review.unhelpful_count}
      </button>
      <span role="status" className="text-sm text-danger">
        {error && (asProblem(error).code === 'own_review' ? t.ownReview : t.voteFailed)}
      </span>
    </fieldset>
  );
}
