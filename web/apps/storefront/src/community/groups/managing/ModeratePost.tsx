import type { Api } from '@sharestack/api/client.ts';
import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { changePost, removePost } from '../../postCache.ts';
import { POSTS_KEY, type Post } from '../../queries.ts';
import { GroupProblem } from './GroupProblem.tsx';
import { managingKey, removeFromGroup, setLock, setPin } from './queries.ts';
import { ReasonForm } from './ReasonForm.tsx';
import { managingTexts } from './texts.ts';

interface Props {
  post: Post;
  group: NonNullable<Post['group']>;
  onClose: () => void;
}

/** What moderators of a group do with a post there: it stands first, is talked about no more, or is taken out. */
export function ModeratePost({ post, group, onClose }: Props) {
  const t = useTexts(managingTexts);
  const { mark, remove } = usePostModeration(post, group, onClose);
  const isBusy = mark.isPending || remove.isPending;
  return (
    <Dialog title={t.moderatePost} onClose={onClose}>
      <div className="mb-5 flex flex-wrap gap-3">
        <Button
          kind="secondary"
          busy={isBusy}
          onClick={() => mark.mutate((api) => setPin(api, group.slug, post.id, !group.is_pinned))}
        >
          {group.is_pinned ? t.unpin : t.pin}
        </Button>
        <Button
          kind="secondary"
          busy={isBusy}
          onClick={() => mark.mutate((api) => setLock(api, group.slug, post.id, !group.is_locked))}
        >
          {group.is_locked ? t.unlock : t.lock}
        </Button>
      </div>
      <GroupProblem error={mark.error} />
      <h3 className="mb-2 font-medium">{t.removePost}</h3>
      <ReasonForm
        label={t.removePost}
        body={t.removePostBody}
        action={t.removePost}
        isRequired
        isPending={isBusy}
        error={remove.error}
        onSubmit={(reason) => remove.mutate(reason)}
        onClose={onClose}
      />
    </Dialog>
  );
}

function usePostModeration({ id }: Post, { slug }: Props['group'], onClose: () => void) {
  const api = useApi();
  const queryClient = useQueryClient();
  const mark = useMutation({
    mutationFn: (act: (api: Api) => Promise<Post>) => act(api),
    onSuccess: ({ group }) => {
      onClose();
      changePost(queryClient, id, (post) => ({ ...post, group }));
      // Pinned posts stand first there.
      void queryClient.invalidateQueries({ queryKey: [...POSTS_KEY, 'group', slug] });
    },
  });
  const remove = useMutation({
    mutationFn: (reason: string) => removeFromGroup(api, slug, id, reason),
    onSuccess: () => {
      onClose();
      removePost(queryClient, id);
      void queryClient.invalidateQueries({ queryKey: [...POSTS_KEY, 'one', id], refetchType: 'none' });
      void queryClient.invalidateQueries({ queryKey: managingKey(slug) });
    },
  });
  return { mark, remove };
}
