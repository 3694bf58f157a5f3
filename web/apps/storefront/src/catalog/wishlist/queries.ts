import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';

export type Wish = Schemas['Wish'];

/** Starts as `WISHED_KEY` does not: hearts and the list are asked for apart. */
export const wishlistQuery = (api: Api) =>
  growingListQuery<Wish>(['wishlist'], (cursor) =>
    take(api.GET('/api/v1/wishlist', { params: { query: { limit: 20, cursor } } })),
  );
