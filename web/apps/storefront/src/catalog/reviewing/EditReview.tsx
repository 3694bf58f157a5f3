import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AuthoredReview, changeReview, OWN_REVIEWS_KEY } from './queries.ts';
import { ReviewFields, type WrittenReview } from './ReviewFields.tsx';
import { reviewTexts } from './texts.ts';

interface Props {
  review: AuthoredReview;
  onSaved: () => void;
  onCancel: () => void;
}

export function EditReview({ review, onSaved, onCancel }: Props) {
  const t = useTexts(reviewTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (written: WrittenReview) => changeReview(api, review.id, { ...written, version: review.version }),
    onSuccess: async () => {
      await queryClient.invalidateQueries({ queryKey: OWN_REVIEWS_KEY });
      void queryClient.invalidateQueries({ queryKey: ['product', review.product.slug] });
      onSaved();
    },
  });
  return (
    <ReviewFields before={review} submitLabel={t.saveReview} isPending={isPending} error={error} onSubmit={mutate}>
      <Button kind="quiet" onClick={onCancel}>
        {t.cancel}
      </Button>
    </ReviewFields>
  );
}
