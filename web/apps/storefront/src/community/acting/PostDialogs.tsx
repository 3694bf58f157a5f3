import { lazy, Suspense } from 'react';
import type { ListedPost } from '../queries.ts';
import { DeletePost } from './DeletePost.tsx';
import type { PostDialog } from './PostMenuItems.tsx';

const ChooseFolder = lazy(() =>
  import('../bookmarks/ChooseFolder.tsx').then((module) => ({ default: module.ChooseFolder })),
);
const EditPost = lazy(() => import('../editing/EditPost.tsx').then((module) => ({ default: module.EditPost })));
const FlairDialog = lazy(() =>
  import('../groups/managing/FlairDialog.tsx').then((module) => ({ default: module.FlairDialog })),
);
const ModeratePost = lazy(() =>
  import('../groups/managing/ModeratePost.tsx').then((module) => ({ default: module.ModeratePost })),
);

interface Props {
  post: ListedPost;
  dialog: PostDialog | null;
  /** Called with what was done, in words, where the page does not show it. */
  onDone: (note: string) => void;
  onClose: () => void;
}

/** What a post's menu opens; all but the question before deleting comes then. */
export function PostDialogs({ post, dialog, onDone, onClose }: Props) {
  const { group } = post;
  const done = (note: string) => {
    onDone(note);
    onClose();
  };
  return (
    <Suspense>
      {dialog === 'folder' && <ChooseFolder postId={post.id} onDone={done} onClose={onClose} />}
      {dialog === 'edit' && <EditPost post={post} onClose={onClose} />}
      {dialog === 'flair' && group && <FlairDialog post={post} slug={group.slug} onClose={onClose} />}
      {dialog === 'moderate' && group && <ModeratePost post={post} group={group} onClose={onClose} />}
      {dialog === 'delete' && <DeletePost postId={post.id} onClose={onClose} />}
    </Suspense>
  );
}
