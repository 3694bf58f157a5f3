import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type AuthoredReview, deleteReview, OWN_REVIEWS_KEY } from './queries.ts';
import { reviewTexts } from './texts.ts';

export function DeleteReview({ review, onClose }: { review: AuthoredReview; onClose: () => void }) {
  const t = useTexts(reviewTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, isError } = useMutation({
    mutationFn: () => deleteReview(api, review.id),
    onSuccess: async () => {
      void queryClient.invalidateQueries({ queryKey: ['product', review.product.slug] });
      await queryClient.invalidateQueries({ queryKey: OWN_REVIEWS_KEY });
    },
  });
  return (
    <Dialog title={t.removeTitle} onClose={onClose}>
      <p className="text-muted">{t.removeBody}</p>
      <p role="alert" className="mt-2 text-sm text-danger empty:hidden">
        {isError && t.removeFailed}
      </p>
      <div className="mt-5 flex flex-wrap gap-2">
        <Button busy={isPending} onClick={() => mutate()}>
          {t.remove}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
