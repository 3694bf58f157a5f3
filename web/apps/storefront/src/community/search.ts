export const FEED_TABS = ['all', 'following', 'hot'] as const;
export type FeedTab = (typeof FEED_TABS)[number];

export interface ListSearch {
  /** The cursor of a further page, for who comes by its address. */
  after?: string;
}

export interface FeedSearch extends ListSearch {
  /** Without one: what somebody follows who is signed in, and everybody's posts for others. */
  tab?: FeedTab;
}

export function parseListSearch({ after }: Record<string, unknown>): ListSearch {
  return typeof after === 'string' && after !== '' ? { after } : {};
}

export function parseFeedSearch(raw: Record<string, unknown>): FeedSearch {
  const tab = FEED_TABS.find((one) => one === raw.tab);
  return { ...(tab ? { tab } : {}), ...parseListSearch(raw) };
}

export interface ComposeSearch {
  /** Ids of a post that is quoted, and of a draft that is gone on with; the slug of a group. */
  quote?: string;
  draft?: string;
  group?: string;
}

export function parseComposeSearch(raw: Record<string, unknown>): ComposeSearch {
  const known = ['quote', 'draft', 'group'].flatMap((name) => {
    const value = raw[name];
    return typeof value === 'string' && value !== '' ? [[name, value]] : [];
  });
  return Object.fromEntries(known);
}
