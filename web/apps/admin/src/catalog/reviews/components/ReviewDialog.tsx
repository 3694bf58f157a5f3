import { useApi } from '@sharestack/api/context.tsx';
import { EditForm } from '@sharestack/console/EditForm.tsx';
import { useNotify } from '@sharestack/console/Notices.tsx';
import { useAction } from '@sharestack/console/useAction.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { changeStatus, REVIEWS_KEY, type Review, removeReply, replyTo } from '../queries.ts';
import { texts } from '../texts.ts';
import { ReviewContent } from './ReviewContent.tsx';

interface Props {
  review: Review;
  onChanged: (review: Review) => void;
  onClose: () => void;
}

/** One review: what it says, the shop's answer, and whether it is shown. */
export function ReviewDialog({ review, onChanged, onClose }: Props) {
  const t = useTexts(texts);
  const api = useApi();
  const notify = useNotify();
  const queryClient = useQueryClient();
  const next = review.status === 'published' ? 'hidden' : 'published';
  const saved = (said: string) => (answered: Review) => {
    notify(said);
    onChanged(answered);
    void queryClient.invalidateQueries({ queryKey: REVIEWS_KEY });
  };
  const remove = useAction<void, Review>({
    act: () => removeReply(api, review.id),
    changes: [REVIEWS_KEY],
    done: t.replyRemoved,
    onDone: onChanged,
  });
  return (
    <Dialog title={t.review} onClose={onClose}>
      <ReviewContent review={review} />
      <div className="mt-5 border-t border-line pt-4">
        <EditForm
          key={review.reply?.replied_at ?? 'none'}
          label={t.saveReply}
          fields={[
            {
              name: 'body',
              label: t.reply,
              kind: 'lines',
              required: true,
              maxLength: 5000,
              rows: 3,
              hint: t.replyHint,
            },
          ]}
          initial={{ body: review.reply?.body ?? null }}
          action={t.saveReply}
          send={({ body }) => replyTo(api, review.id, String(body))}
          onSaved={saved(t.replied)}
        />
        {review.reply && (
          <Button kind="quiet" className="mt-2 px-0" busy={remove.isPending} onClick={() => remove.run()}>
            {t.removeReply}
          </Button>
        )}
      </div>
      <div className="mt-5 border-t border-line pt-4">
        <EditForm
          label={next === 'hidden' ? t.hide : t.publish}
          fields={[
            {
              name: 'reason',
              label: t.reason,
              kind: 'text',
              required: true,
              maxLength: 500,
              hint: t.reasonHint,
              wide: true,
            },
          ]}
          action={next === 'hidden' ? t.hide : t.publish}
          send={({ reason }) => changeStatus(api, review.id, next, String(reason))}
          onSaved={saved(t.changed)}
        />
      </div>
    </Dialog>
  );
}
