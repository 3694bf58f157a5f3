import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';
import { ACTION } from '../components/looks.ts';
import { changePost } from '../postCache.ts';
import type { Comment } from '../queries.ts';
import { menuTexts } from './menu/texts.ts';
import { ProblemNote } from './ProblemNote.tsx';
import { acceptAnswer } from './queries.ts';

interface Props {
  comment: Comment;
  /** The group that the question was asked in. */
  slug: string;
  isAccepted: boolean;
}

/** Whoever asked says which comment answered it; another one takes its place. */
export function AcceptAnswer({ comment: { id, post_id }, slug, isAccepted }: Props) {
  const t = useTexts(menuTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => acceptAnswer(api, slug, post_id, isAccepted ? null : id),
    onSuccess: ({ group }) => changePost(queryClient, post_id, (post) => ({ ...post, group })),
  });
  return (
    <>
      <button
        type="button"
        aria-label={t.acceptAnswer}
        title={t.acceptAnswer}
        aria-pressed={isAccepted}
        aria-busy={isPending}
        onClick={() => {
          if (!isPending) mutate();
        }}
        className={ACTION}
      >
        <CircleCheck className="size-4" aria-hidden="true" />
      </button>
      <ProblemNote error={error} />
    </>
  );
}
