export interface BookmarksSearch {
  /** The id of a folder; without one, all bookmarks. */
  folder?: string;
}

export function parseBookmarksSearch({ folder }: Record<string, unknown>): BookmarksSearch {
  return typeof folder === 'string' && folder !== '' ? { folder } : {};
}
