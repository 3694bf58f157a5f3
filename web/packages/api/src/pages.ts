import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query';

/** A page as lists of the API answer it. */
export interface CursorPage<Item> {
  items: Item[];
  next_cursor?: string | null;
}

/** A page that is held, and which one it is: 0 is the first. */
export interface HeldPage<Item> extends CursorPage<Item> {
  index: number;
}

/** Where a page begins, and where the one before it does: so the way back is known wherever the list is shown anew. */
interface Place {
  index: number;
  cursor: string | null;
  before: Place | null;
}

const MOST_PAGES = 10;

/**
 * A list by cursors, of which ten pages are held however far one goes. The API only goes forward; the cursors of the
 * pages that were left are remembered, so that one can go back.
 */
export function cursorPages<Item>(options: {
  queryKey: QueryKey;
  fetchPage: (cursor: string | null) => Promise<CursorPage<Item>>;
}) {
  const query = infiniteQueryOptions({
    queryKey: options.queryKey,
    queryFn: async ({ pageParam }): Promise<HeldPage<Item>> => ({
      ...(await options.fetchPage(pageParam.cursor)),
      index: pageParam.index,
    }),
    initialPageParam: { index: 0, cursor: null, before: null } as Place,
    getNextPageParam: ({ next_cursor }, _, place): Place | null =>
      next_cursor ? { index: place.index + 1, cursor: next_cursor, before: place } : null,
    getPreviousPageParam: (_page, _pages, place): Place | null => place.before,
    maxPages: MOST_PAGES,
  });
  return Object.assign(query, { fetchPage: options.fetchPage });
}

/** Rows of a list that were read page behind page, and whether the list has no more. */
export interface ReadRows<Item> {
  rows: Item[];
  isWhole: boolean;
}

/** So many pages without a row in a row end the reading: a list that leads round in a circle has no other end. */
const MOST_EMPTY_PAGES = 2;

/**
 * A list from its beginning, up to `most` rows, whatever is held of it. `onRead` hears of each page how many rows there
 * are so far; aborting rejects.
 */
export async function readPages<Item>(
  fetchPage: (cursor: string | null) => Promise<CursorPage<Item>>,
  most: number,
  onRead: (count: number) => void,
  signal: AbortSignal,
): Promise<ReadRows<Item>> {
  const rows: Item[] = [];
  let cursor: string | null = null;
  let empty = 0;
  do {
    const page: CursorPage<Item> = await fetchPage(cursor);
    signal.throwIfAborted();
    rows.push(...page.items);
    onRead(rows.length);
    cursor = page.next_cursor ?? null;
    empty = page.items.length === 0 ? empty + 1 : 0;
  } while (cursor !== null && rows.length < most && empty < MOST_EMPTY_PAGES);
  return { rows: rows.slice(0, most), isWhole: cursor === null && rows.length <= most };
}
