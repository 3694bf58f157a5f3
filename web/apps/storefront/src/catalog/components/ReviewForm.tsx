import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useId, useRef, useState } from 'react';
import { productQuery, sendReview } from '../queries.ts';
import { keepReviewDraft, type ReviewDraft, reviewDraft } from '../reviewDraft.ts';
import { reviewTexts } from '../reviewTexts.ts';
import { StarsField } from './StarsField.tsx';

/** The words stay in the form, and in this browser, until the API has them. */
export function ReviewForm({ slug }: { slug: string }) {
  const t = useTexts(reviewTexts);
  const id = useId();
  const api = useApi();
  const queryClient = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const [draft] = useState(() => reviewDraft(slug));
  const [rating, setRating] = useState(draft.rating);
  const [isIncomplete, setIncomplete] = useState(false);
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (review: ReviewDraft) => sendReview(api, slug, review),
    onSuccess: async () => {
      keepReviewDraft(slug, null);
      await queryClient.invalidateQueries({ queryKey: productQuery(api, slug).queryKey });
    },
  });

  const written = (stars: number): ReviewDraft => {
    const fields = new FormData(form.current ?? undefined);
    return { rating: stars, title: String(fields.get('title')).trim(), body: String(fields.get('body')).trim() };
  };
  const rate = (stars: number) => {
    setRating(stars);
    keepReviewDraft(slug, written(stars));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const review = written(rating);
    const isComplete = review.rating > 0 && review.title !== '' && review.body !== '';
    setIncomplete(!isComplete);
    if (isComplete && !isPending) mutate(review);
  };

  if (isSuccess) {
    return (
      <p role="status" className="mt-4 rounded-control bg-brand-soft px-4 py-3">
        {t.reviewThanks}
      </p>
    );
  }
  const problem = error && (t.reviewProblems[asProblem(error).code] ?? t.reviewFailed);
  return (
    <form
      ref={form}
      onSubmit={submit}
      onInput={() => keepReviewDraft(slug, written(rating))}
      noValidate
      className="mt-4 max-w-xl space-y-4"
    >
      <StarsField chosen={rating} onChoose={rate} />
      <TextField label={t.reviewTitle} name="title" defaultValue={draft.title} maxLength={200} />
      <div>
        <label htmlFor={id} className="mb-1.5 block text-sm font-medium">
          {t.reviewBody}
        </label>
        <textarea
          id={id}
          name="body"
          rows={5}
          defaultValue={draft.body}
          maxLength={5000}
          className="w-full rounded-control border border-control bg-surface px-3.5 py-2.5"
        />
      </div>
      <p role="alert" className="text-sm text-danger empty:hidden">
        {isIncomplete ? t.reviewIncomplete : problem}
      </p>
      <Button type="submit" busy={isPending}>
        {t.sendReview}
      </Button>
    </form>
  );
}
