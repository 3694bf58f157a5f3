import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeComment } from '../../postCache.ts';
import type { Comment } from '../../queries.ts';
import { removeComment } from './queries.ts';
import { ReasonForm } from './ReasonForm.tsx';
import { managingTexts } from './texts.ts';

interface Props {
  comment: Comment;
  slug: string;
  onClose: () => void;
}

/** Takes a comment out of the group; its place stays, and answers to it with it. */
export function ModerateComment({ comment: { id, post_id, viewer }, slug, onClose }: Props) {
  const t = useTexts(managingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (reason: string) => removeComment(api, slug, id, reason),
    onSuccess: (_, reason) => {
      onClose();
      // Its author goes on reading it, with the reason; nobody else does.
      const shown = viewer?.is_author ? { hidden_reason: reason } : { author: null, text: null, entities: [] };
      changeComment(queryClient, post_id, id, (one) => ({ ...one, state: 'hidden', ...shown }));
    },
  });
  return (
    <Dialog title={t.removeComment} onClose={onClose}>
      <ReasonForm
        label={t.removeComment}
        body={t.removePostBody}
        action={t.removeComment}
        isRequired
        isPending={isPending}
        error={error}
        onSubmit={(reason) => mutate(reason)}
        onClose={onClose}
      />
    </Dialog>
  );
}
