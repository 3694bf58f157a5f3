import { useSessionState } from '@sharestack/session/context.tsx';
import { useRef, useState } from 'react';
import { type KeptDraft, keepDraft, keptDraft, newKey } from './drafts.ts';

/**
 * What somebody writes at a place of the page: kept in this browser until the API has acknowledged it, with the key under
 * which it is sent. What is sent again unchanged has the same key; what was changed since is another thing.
 */
export function useDraft<T>(place: string, empty: T) {
  const state = useSessionState();
  const person = useRef('');
  if (state.status === 'signed-in') person.current = state.user?.id ?? person.current;
  const name = `${person.current}:${place}`;
  const [draft, setDraft] = useState<KeptDraft<T>>(
    () => keptDraft<T>(name) ?? { written: empty, key: newKey(), sent: null },
  );
  // Two changes may come before the page is drawn again.
  const latest = useRef(draft);
  const set = (next: KeptDraft<T>, isKept = true) => {
    latest.current = next;
    setDraft(next);
    keepDraft(name, isKept ? next : null);
  };
  return {
    written: draft.written,
    write: (change: Partial<T>) => {
      const { current } = latest;
      set({ ...current, written: { ...current.written, ...change } });
    },
    /** The key for sending it as it is now. */
    seal: (body: unknown): string => {
      const sent = JSON.stringify(body);
      const { current } = latest;
      const key = current.sent === null || current.sent === sent ? current.key : newKey();
      set({ ...current, key, sent });
      return key;
    },
    clear: () => set({ written: empty, key: newKey(), sent: null }, false),
  };
}
