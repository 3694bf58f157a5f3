import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { queryOptions } from '@tanstack/react-query';
import { GROUPS_KEY, type Group } from '../groups/queries.ts';
import { PAGE } from '../queries.ts';

export type FoundPost = Schemas['FoundPost'];
export type FoundPerson = Schemas['FoundUser'];
export type FoundTicker = Schemas['FoundTicker'];
export type FoundTag = Schemas['FoundHashtag'];
export type Suggestion = Schemas['FoundSuggestion'];

const FOUND_KEY = ['found'] as const;
/** Of each kind, where all of them are on a page. */
const FEW = 5;
/** As many as the API gives of people, tickers and tags, which have no further pages. */
export const MOST = 50;

/** The first few of everything. */
export const foundQuery = (api: Api, q: string) =>
  queryOptions({
    queryKey: [...FOUND_KEY, 'all', q],
    queryFn: async () => {
      const query = { q, type: 'users,tickers,hashtags,posts', limit: FEW };
      const [found, groups] = await Promise.all([
        take(api.GET('/api/v1/search', { params: { query } })),
        take(api.GET('/api/v1/groups', { params: { query: { q, limit: FEW } } })),
      ]);
      return {
        people: found.users?.items ?? [],
        tickers: found.tickers?.items ?? [],
        tags: found.hashtags?.items ?? [],
        posts: found.posts?.items ?? [],
        isExact: found.posts?.exact ?? true,
        groups: groups.items,
      };
    },
  });

/** People, tickers and tags by their names. */
export const foundNamesQuery = (api: Api, q: string, kind: 'people' | 'tickers' | 'tags') =>
  queryOptions({
    queryKey: [...FOUND_KEY, kind, q],
    queryFn: async () => {
      const type = { people: 'users', tickers: 'tickers', tags: 'hashtags' }[kind];
      const { users, tickers, hashtags } = await take(
        api.GET('/api/v1/search', { params: { query: { q, type, limit: MOST } } }),
      );
      return { people: users?.items ?? [], tickers: tickers?.items ?? [], tags: hashtags?.items ?? [] };
    },
  });

/** Each post beside whether it has all of the query: where none has, those come that have it nearly. */
export const foundPostsQuery = (api: Api, q: string) =>
  growingListQuery<{ post: FoundPost; isExact: boolean }>([...FOUND_KEY, 'posts', q], async (cursor) => {
    const query = { q, type: 'posts', limit: PAGE, cursor };
    const { posts } = await take(api.GET('/api/v1/search', { params: { query } }));
    const isExact = posts?.exact ?? true;
    return {
      items: (posts?.items ?? []).map((post) => ({ post, isExact })),
      next_cursor: posts?.next_cursor ?? null,
    };
  });

export const foundGroupsQuery = (api: Api, q: string) =>
  growingListQuery<Group>([...GROUPS_KEY, 'found', q], (cursor) =>
    take(api.GET('/api/v1/groups', { params: { query: { q, limit: PAGE, cursor } } })),
  );

/** For a query that is being written. */
export const findSuggestionsQuery = (api: Api, q: string) =>
  queryOptions({
    queryKey: [...FOUND_KEY, 'suggestions', q],
    queryFn: async ({ signal }) => {
      const { items } = await take(api.GET('/api/v1/search/suggestions', { params: { query: { q } }, signal }));
      return items.filter(({ kind }) => kind !== 'product');
    },
    enabled: q !== '',
  });
