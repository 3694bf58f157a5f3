export const OUTCOMES = ['created', 'unchanged', 'skipped', 'refused', 'waiting'] as const;
export type Outcome = (typeof OUTCOMES)[number];

export interface ImportSearch {
  /** The id of an import, so that its report has an address. */
  import?: string;
  /** Only the items that ended so. */
  outcome?: Outcome;
}

export function parseImportSearch(raw: Record<string, unknown>): ImportSearch {
  const id = typeof raw.import === 'string' && raw.import !== '' ? raw.import : null;
  const outcome = OUTCOMES.find((one) => one === raw.outcome);
  return id ? { import: id, ...(outcome ? { outcome } : {}) } : {};
}
