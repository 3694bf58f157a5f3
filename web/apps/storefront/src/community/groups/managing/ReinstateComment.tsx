import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { COMMENTS_KEY, type Comment } from '../../queries.ts';
import { GroupProblem } from './GroupProblem.tsx';
import { reinstateComment } from './queries.ts';
import { managingTexts } from './texts.ts';

/** At the place of a comment that was taken out of the group. */
export function ReinstateComment({ comment: { id, post_id }, slug }: { comment: Comment; slug: string }) {
  const t = useTexts(managingTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => reinstateComment(api, slug, id),
    // What it says is known to the API alone.
    onSuccess: () => queryClient.invalidateQueries({ queryKey: [...COMMENTS_KEY, post_id] }),
  });
  return (
    <>
      <Button kind="quiet" busy={isPending} onClick={() => mutate()}>
        {t.reinstateComment}
      </Button>
      <GroupProblem error={error} />
    </>
  );
}
