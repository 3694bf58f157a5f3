import { minorDigits } from '@sharestack/i18n/money.ts';
import site from '../../../../site/site.json';
import { type ListSearch, OPTION, parseListSearch } from './listSearch.ts';

const PAGE_SIZE = 24;
const NOT_FILTERS = new Set(['q', 'sort', 'after']);

/** The names of the filters that are set. */
export function filtersOf(search: ListSearch): (keyof ListSearch)[] {
  return (Object.keys(search) as (keyof ListSearch)[]).filter((name) => !NOT_FILTERS.has(String(name)));
}

/** Another choice: starts at the first page; `undefined` takes a filter away. */
export function withFilter(search: ListSearch, change: Record<string, string | undefined>): ListSearch {
  return parseListSearch({ ...search, after: undefined, ...change });
}

export function withoutFilters({ q, sort }: ListSearch): ListSearch {
  return parseListSearch({ q, sort });
}

const minor = (price: string | undefined) =>
  price === undefined ? null : Math.round(Number(price.replace(',', '.')) * 10 ** minorDigits(site.currency));

/** As the API takes it. `category` of the path wins over the parameter. */
export function listQuery(search: ListSearch, category?: string) {
  const options = Object.fromEntries(Object.entries(search).filter(([name]) => name.startsWith(OPTION)));
  return {
    category: category ?? search.category ?? null,
    vendor: search.vendor ?? null,
    tag: search.tag ?? null,
    price_min: minor(search.min),
    price_max: minor(search.max),
    in_stock: search.stock ? true : null,
    rating_min: search.rating ? Number(search.rating) : null,
    cursor: search.after ?? null,
    limit: PAGE_SIZE,
    ...options,
  };
}
