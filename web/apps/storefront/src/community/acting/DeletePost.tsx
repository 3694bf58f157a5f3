import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { removePost } from '../postCache.ts';
import { ConfirmDelete } from './ConfirmDelete.tsx';
import { deletePost } from './queries.ts';
import { actingTexts } from './texts.ts';

/** One's own post leaves every list at once; from its own page one goes to the feed. */
export function DeletePost({ postId, onClose }: { postId: string; onClose: () => void }) {
  const t = useTexts(actingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      deletePost(api, postId).catch((failure: unknown) => {
        // It is gone already: a former answer was lost, or another tab was faster.
        if (!asProblem(failure).isMissing) throw failure;
      }),
    onSuccess: async () => {
      onClose();
      if (pathname.endsWith(postId)) await navigate({ to: '/feed' });
      removePost(queryClient, postId);
    },
  });
  return (
    <ConfirmDelete
      title={t.deletePostSure}
      isPending={isPending}
      error={error}
      onConfirm={() => mutate()}
      onClose={onClose}
    />
  );
}
