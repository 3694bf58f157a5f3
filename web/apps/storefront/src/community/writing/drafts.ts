/** Something that was written and not acknowledged by the API yet, in this browser. */
export interface KeptDraft<T> {
  written: T;
  /** Of what was sent last: sent again unchanged, it is the same post. */
  key: string;
  sent: string | null;
}

const nameOf = (place: string) => `draft:${place}`;

export const newKey = () => crypto.randomUUID();

/** `place` names the person and what is answered, so that no draft is taken for another. */
export function keptDraft<T>(place: string): KeptDraft<T> | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(nameOf(place)) ?? 'null');
    return kept && typeof kept === 'object' && 'written' in kept ? (kept as KeptDraft<T>) : null;
  } catch {
    return null;
  }
}

export function keepDraft<T>(place: string, draft: KeptDraft<T> | null): void {
  try {
    if (draft) localStorage.setItem(nameOf(place), JSON.stringify(draft));
    else localStorage.removeItem(nameOf(place));
  } catch {
    // Storage can be forbidden or full; then it lasts as long as the form is on the page.
  }
}
