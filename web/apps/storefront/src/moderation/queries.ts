import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { type InfiniteData, infiniteQueryOptions, type QueryClient } from '@tanstack/react-query';

export type ConcernedAction = Schemas['ConcernedAction'];
export type Appeal = Schemas['Appeal'];
export type Report = Schemas['Report'];

const ACTIONS_KEY = ['moderation', 'actions'] as const;
const PAGE = 20;

export const actionsQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ACTIONS_KEY,
    queryFn: ({ pageParam: cursor }) =>
      take(api.GET('/api/v1/moderation/actions', { params: { query: { limit: PAGE, cursor } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });

export const reportsQuery = (api: Api) =>
  infiniteQueryOptions({
    queryKey: ['moderation', 'reports'],
    queryFn: ({ pageParam: cursor }) =>
      take(api.GET('/api/v1/reports', { params: { query: { limit: PAGE, cursor } } })),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    staleTime: 0,
  });

export const makeAppeal = (api: Api, actionId: string, text: string) =>
  take(api.POST('/api/v1/appeals', { body: { action_id: actionId, text } }));

type Actions = InfiniteData<{ items: ConcernedAction[]; next_cursor: string | null }>;

/** The appeal as it was answered, at its action; then what there is now. */
export function keepAppeal(queryClient: QueryClient, { action_id, ...appeal }: Appeal): Promise<void> {
  queryClient.setQueryData<Actions>(ACTIONS_KEY, (lists) =>
    lists
      ? {
          ...lists,
          pages: lists.pages.map((page) => ({
            ...page,
            items: page.items.map((action) => (action.id === action_id ? { ...action, appeal } : action)),
          })),
        }
      : undefined,
  );
  return askAgain(queryClient);
}

export const askAgain = (queryClient: QueryClient) => queryClient.invalidateQueries({ queryKey: ACTIONS_KEY });
