import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE, type Post } from '../queries.ts';

export type NewPost = Schemas['NewPost'];

export const DRAFTS_KEY = ['drafts'] as const;

export const draftsQuery = (api: Api) =>
  growingListQuery<Post>(DRAFTS_KEY, (cursor) =>
    take(api.GET('/api/v1/posts/drafts', { params: { query: { limit: PAGE, cursor } } })),
  );

/** A post; sent again with its key it is the same one. */
export const createPost = (api: Api, key: string, post: NewPost) =>
  take(api.POST('/api/v1/posts', { params: { header: { 'Idempotency-Key': key } }, body: post }));

export const changeDraft = (api: Api, { id, version }: Post, post: NewPost) =>
  take(api.PATCH('/api/v1/posts/{post_id}', { params: { path: { post_id: id } }, body: { ...post, version } }));

export const publishDraft = (api: Api, id: string) =>
  take(api.POST('/api/v1/posts/{post_id}/publish', { params: { path: { post_id: id } } }));

/** What may be written behind a sign. */
export interface Completion {
  /** As it stands in the text. */
  text: string;
  about: string;
}

const MOST = 6;

export const completionsQuery = (api: Api, sign: string, prefix: string) =>
  queryOptions({
    queryKey: ['completions', sign, prefix],
    queryFn: ({ signal }) => completions(api, sign, prefix, signal),
    enabled: prefix !== '',
  });

async function completions(api: Api, sign: string, prefix: string, signal: AbortSignal): Promise<Completion[]> {
  const query = { prefix, limit: MOST };
  if (sign === '$') {
    const { items } = await take(api.GET('/api/v1/tickers', { params: { query }, signal }));
    return items.map(({ symbol, name, name_zh }) => ({ text: `$${symbol}`, about: name_zh ?? name ?? '' }));
  }
  if (sign === '#') {
    const { items } = await take(api.GET('/api/v1/hashtags', { params: { query }, signal }));
    return items.map(({ name }) => ({ text: `#${name}`, about: '' }));
  }
  const { items } = await take(api.GET('/api/v1/search/suggestions', { params: { query: { q: prefix } }, signal }));
  return items
    .filter(({ kind }) => kind === 'user')
    .map(({ key, text }) => ({ text: `@${key}`, about: text === key ? '' : text }));
}
