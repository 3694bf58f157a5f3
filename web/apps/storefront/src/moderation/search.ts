export interface ModerationSearch {
  view?: 'reports';
}

/** Decisions are shown unless the address asks for reports. */
export function parseModerationSearch(raw: Record<string, unknown>): ModerationSearch {
  return raw.view === 'reports' ? { view: 'reports' } : {};
}
