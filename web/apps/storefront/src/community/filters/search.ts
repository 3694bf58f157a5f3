export const FILTER_LISTS = ['mutes', 'blocks', 'words'] as const;
export type FilterList = (typeof FILTER_LISTS)[number];

export interface FiltersSearch {
  /** Without one, the mutes. */
  list?: FilterList;
}

export function parseFiltersSearch(raw: Record<string, unknown>): FiltersSearch {
  const list = FILTER_LISTS.find((one) => one === raw.list);
  return list ? { list } : {};
}
