/** The import or the export that is looked at: a reload finds it again. */
export interface FileSearch {
  id?: string;
}

export function parseFileSearch({ id }: Record<string, unknown>): FileSearch {
  return typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? { id } : {};
}
