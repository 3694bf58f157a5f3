import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type TrendingTicker = Schemas['TrendingTicker'];
export interface TalkedOf {
  person: Schemas['Author'];
  isFollowed: boolean;
}

const WELCOME_KEY = ['welcome'] as const;
const MOST_TICKERS = 8;
const MOST_PEOPLE = 8;
const POSTS_READ = 50;

export const ownNameQuery = (api: Api) =>
  queryOptions({
    queryKey: [...WELCOME_KEY, 'name'],
    queryFn: () => take(api.GET('/api/v1/users/me', { params: { query: { fields: 'username' } } })),
    staleTime: 0,
  });

export const interestsQuery = (api: Api) =>
  queryOptions({
    queryKey: [...WELCOME_KEY, 'interests'],
    queryFn: () => take(api.GET('/api/v1/users/me/interests')),
    staleTime: 0,
  });

/** These and no others. */
export const chooseInterests = (api: Api, topics: string[]) =>
  take(api.PUT('/api/v1/users/me/interests', { body: { topics } }));

export const trendingQuery = (api: Api) =>
  queryOptions({
    queryKey: [...WELCOME_KEY, 'tickers'],
    queryFn: () => take(api.GET('/api/v1/tickers/trending', { params: { query: { limit: MOST_TICKERS } } })),
  });

/** Who wrote what is talked of most: each once, in the order of their posts. */
export const talkedOfQuery = (api: Api) =>
  queryOptions({
    queryKey: [...WELCOME_KEY, 'people'],
    queryFn: async (): Promise<TalkedOf[]> => {
      const query = { scope: 'all', order: 'hot', limit: POSTS_READ } as const;
      const { items } = await take(api.GET('/api/v1/feed', { params: { query } }));
      const people = new Map<string, TalkedOf>();
      for (const { author, viewer } of items) {
        if (viewer?.is_author) continue;
        people.set(author.id, { person: author, isFollowed: viewer?.follows_author ?? false });
      }
      return [...people.values()].slice(0, MOST_PEOPLE);
    },
    staleTime: 0,
  });
