import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import type { Comment, Post } from '../queries.ts';

export type PostChange = Omit<Schemas['PostChange'], 'version'>;

/** What a post or a comment said until a moment. */
export interface EarlierText {
  version: number;
  text: string;
  content_warning?: string | null;
  replaced_at: string;
}

const PAGE = 10;

export const changePublished = (api: Api, { id, version }: Post, change: PostChange) =>
  take(api.PATCH('/api/v1/posts/{post_id}', { params: { path: { post_id: id } }, body: { ...change, version } }));

export const changeOwnComment = (api: Api, { id, version }: Comment, text: string) =>
  take(api.PATCH('/api/v1/comments/{comment_id}', { params: { path: { comment_id: id } }, body: { text, version } }));

/** As it is now: somebody has changed it since the page was read, on another device perhaps. */
export const readPost = (api: Api, id: string) =>
  take(api.GET('/api/v1/posts/{post_id}', { params: { path: { post_id: id } } }));

export const readComment = (api: Api, id: string) =>
  take(api.GET('/api/v1/comments/{comment_id}', { params: { path: { comment_id: id } } }));

export const postEditsQuery = (api: Api, { id, version }: Post) =>
  growingListQuery<EarlierText>(['edits', 'post', id, version], (cursor) =>
    take(
      api.GET('/api/v1/posts/{post_id}/edits', { params: { path: { post_id: id }, query: { limit: PAGE, cursor } } }),
    ),
  );

export const commentEditsQuery = (api: Api, { id, version }: Comment) =>
  growingListQuery<EarlierText>(['edits', 'comment', id, version], (cursor) =>
    take(
      api.GET('/api/v1/comments/{comment_id}/edits', {
        params: { path: { comment_id: id }, query: { limit: PAGE, cursor } },
      }),
    ),
  );
