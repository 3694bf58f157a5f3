import { lazy, Suspense } from 'react';
import type { ListedPost } from '../queries.ts';
import { DeletePost } from './DeletePost.tsx';
import type { PostDialog } from './PostMenuItems.tsx';

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
  onClose: () => void;
}

/** What a post's menu opens; all but the question before deleting comes then. */
export function PostDialogs({ post, dialog, onClose }: Props) {
  const { group } = post;
  return (
    <Suspense>
      {dialog === 'edit' && <EditPost post={post} onClose={onClose} />}
      {dialog === 'flair' && group && <FlairDialog post={post} slug={group.slug} onClose={onClose} />}
      {dialog === 'moderate' && group && <ModeratePost post={post} group={group} onClose={onClose} />}
      {dialog === 'delete' && <DeletePost postId={post.id} onClose={onClose} />}
    </Suspense>
  );
}
