import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { queryOptions } from '@tanstack/react-query';

export type SavedAddress = Schemas['SavedAddress'];

/** As many as the API keeps, so that a list of them is whole. */
export const MOST_ADDRESSES = 50;
/** Whatever shows addresses of the book begins its key like this: a change asks all of it again. */
export const BOOK_KEY = ['addresses'] as const;
export const LIST_KEY = [...BOOK_KEY, 'list'] as const;

/** The address book of who is signed in: what is used by default first, then the newest. */
export const addressesQuery = (api: Api) =>
  queryOptions({
    queryKey: LIST_KEY,
    queryFn: async () => {
      const { items } = await take(api.GET('/api/v1/users/me/addresses', { params: { query: { limit: 100 } } }));
      return items;
    },
    select: (entries: SavedAddress[]) => [...entries].sort((a, b) => rank(a) - rank(b)),
    staleTime: 0,
  });

const rank = (entry: SavedAddress) => (entry.is_default_shipping ? 0 : entry.is_default_billing ? 1 : 2);
