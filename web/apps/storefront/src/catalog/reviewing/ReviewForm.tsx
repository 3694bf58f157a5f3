import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { productQuery, sendReview } from '../queries.ts';
import { OWN_REVIEWS_KEY } from './queries.ts';
import { ReviewFields, type WrittenReview } from './ReviewFields.tsx';
import { keepReviewDraft, reviewDraft } from './reviewDraft.ts';
import { reviewTexts } from './texts.ts';

/** A new review. The words stay in the form, and in this browser, until the API has them. */
export function ReviewForm({ slug }: { slug: string }) {
  const t = useTexts(reviewTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [draft] = useState(() => reviewDraft(slug));
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: (review: WrittenReview) => sendReview(api, slug, review),
    onSuccess: async () => {
      keepReviewDraft(slug, null);
      await Promise.all(
        [productQuery(api, slug).queryKey, OWN_REVIEWS_KEY].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      );
    },
  });
  if (isSuccess) {
    return (
      <p role="status" className="mt-4 rounded-control bg-brand-soft px-4 py-3">
        {t.reviewThanks}
      </p>
    );
  }
  return (
    <ReviewFields
      before={draft}
      submitLabel={t.sendReview}
      isPending={isPending}
      error={error}
      onWrite={(written) => keepReviewDraft(slug, written)}
      onSubmit={mutate}
    />
  );
}
