import { type Api, take } from '@sharestack/api/client.ts';

/** A comment; sent again with its key it is the same one. */
export const sendComment = (api: Api, postId: string, key: string, text: string, parentId: string | null) =>
  take(
    api.POST('/api/v1/posts/{post_id}/comments', {
      params: { path: { post_id: postId }, header: { 'Idempotency-Key': key } },
      body: { text, parent_id: parentId },
    }),
  );
