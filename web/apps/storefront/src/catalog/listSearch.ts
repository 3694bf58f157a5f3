/** What chooses products on a list; it lives in the address and nowhere else. */
export interface ListSearch {
  q?: string;
  category?: string;
  vendor?: string;
  tag?: string;
  /** Prices as people write them, in the shop's currency. */
  min?: string;
  max?: string;
  stock?: '1';
  rating?: string;
  sort?: Sort;
  /** Cursor of the page: `next_cursor` of the one before. */
  after?: string;
  [option: `option.${string}`]: string;
}

export const SORTS = ['newest', 'popular', 'rating', 'price', '-price'] as const;
export type Sort = (typeof SORTS)[number];
export const DEFAULT_SORT: Sort = 'popular';

export const OPTION = 'option.';
const MAX_OPTIONS = 3;
const PRICE = /^\d{1,7}([.,]\d{1,2})?$/;

const text = (value: unknown, longest: number) =>
  typeof value === 'string' ? value.trim().slice(0, longest) || undefined : undefined;

/** The parameters we know, in one order, without defaults: any other form of an address redirects to this one. */
export function parseListSearch(raw: Record<string, unknown>): ListSearch {
  const price = (value: unknown) => (PRICE.test(String(value ?? '')) ? String(value) : undefined);
  const sort = SORTS.find((one) => one === raw.sort && one !== DEFAULT_SORT);
  const known = {
    q: text(raw.q, 100),
    category: text(raw.category, 255),
    vendor: text(raw.vendor, 255),
    tag: text(raw.tag, 255),
    min: price(raw.min),
    max: price(raw.max),
    stock: raw.stock === '1' ? '1' : undefined,
    rating: /^[1-4]$/.test(String(raw.rating ?? '')) ? String(raw.rating) : undefined,
    sort,
    after: text(raw.after, 1000),
  };
  const options = Object.keys(raw)
    .filter((name) => name.startsWith(OPTION) && text(raw[name], 255))
    .sort()
    .slice(0, MAX_OPTIONS)
    .map((name) => [name, text(raw[name], 255)]);
  const given = Object.entries(known).filter(([, value]) => value !== undefined);
  return Object.fromEntries([...given, ...options]) as ListSearch;
}
