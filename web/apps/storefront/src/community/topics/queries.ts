import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';
import { PAGE, postList } from '../queries.ts';

export type Ticker = Schemas['Ticker'];
export type Hashtag = Schemas['Hashtag'];
export type TopicDay = Schemas['TopicDay'];

/** Of tickers and hashtags, by their ids. */
export const TOPICS_KEY = ['topics'] as const;

export const tickerQuery = (api: Api, symbol: string) =>
  queryOptions({
    queryKey: [...TOPICS_KEY, 'ticker', symbol],
    queryFn: () => take(api.GET('/api/v1/tickers/{symbol}', { params: { path: { symbol } } })),
  });

export const tickerPostsQuery = (api: Api, symbol: string, after?: string) =>
  postList(['ticker', symbol], after, (cursor) =>
    take(api.GET('/api/v1/tickers/{symbol}/posts', { params: { path: { symbol }, query: { limit: PAGE, cursor } } })),
  );

export const hashtagQuery = (api: Api, tag: string) =>
  queryOptions({
    queryKey: [...TOPICS_KEY, 'hashtag', tag],
    queryFn: () => take(api.GET('/api/v1/hashtags/{tag}', { params: { path: { tag } } })),
  });

export const hashtagPostsQuery = (api: Api, tag: string, after?: string) =>
  postList(['hashtag', tag], after, (cursor) =>
    take(api.GET('/api/v1/hashtags/{tag}/posts', { params: { path: { tag }, query: { limit: PAGE, cursor } } })),
  );

export function setTickerFollow(api: Api, symbol: string, follows: boolean) {
  const params = { path: { symbol } };
  return follows
    ? take(api.PUT('/api/v1/tickers/{symbol}/follow', { params }))
    : take(api.DELETE('/api/v1/tickers/{symbol}/follow', { params }));
}

export function setTickerWatch(api: Api, symbol: string, watches: boolean) {
  const params = { path: { symbol } };
  return watches
    ? take(api.PUT('/api/v1/users/me/watchlist/{symbol}', { params }))
    : take(api.DELETE('/api/v1/users/me/watchlist/{symbol}', { params }));
}

export function setHashtagFollow(api: Api, tag: string, follows: boolean) {
  const params = { path: { tag } };
  return follows
    ? take(api.PUT('/api/v1/hashtags/{tag}/follow', { params }))
    : take(api.DELETE('/api/v1/hashtags/{tag}/follow', { params }));
}
