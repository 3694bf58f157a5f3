import { useApi } from '@sharestack/api/context.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type ListedPost, POSTS_KEY } from '../queries.ts';
import { pinOnPage } from './queries.ts';

/** Puts one's own post first on one's page, instead of another, or takes it from there. */
export function usePagePin(post: ListedPost) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async () => {
      const isPinned = !post.is_pinned;
      await pinOnPage(api, isPinned ? post.id : null);
      return isPinned;
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...POSTS_KEY, 'person'] }),
  });
  return {
    pin: () => {
      if (!isPending) mutate();
    },
    /** What became of it, once it did. */
    isPinned: data,
    error,
  };
}
