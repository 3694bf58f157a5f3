import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changeComment, changePost } from '../postCache.ts';
import type { Comment } from '../queries.ts';
import { ConfirmDelete } from './ConfirmDelete.tsx';
import { deleteComment } from './queries.ts';
import { actingTexts } from './texts.ts';

/** A comment leaves an empty place: answers to it stay where they are. */
export function DeleteComment({ comment, onClose }: { comment: Comment; onClose: () => void }) {
  const t = useTexts(actingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { id, post_id: postId, viewer } = comment;
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      deleteComment(api, id).catch((failure: unknown) => {
        if (!asProblem(failure).isMissing) throw failure;
      }),
    onSuccess: () => {
      onClose();
      const state = viewer?.is_author ? 'deleted' : 'removed';
      changeComment(queryClient, postId, id, (one) => ({ ...one, state, author: null, text: null, entities: [] }));
      changePost(queryClient, postId, (post) => ({
        ...post,
        stats: { ...post.stats, comments: Math.max(0, post.stats.comments - 1) },
      }));
    },
  });
  return (
    <ConfirmDelete
      title={t.deleteCommentSure}
      isPending={isPending}
      error={error}
      onConfirm={() => mutate()}
      onClose={onClose}
    />
  );
}
