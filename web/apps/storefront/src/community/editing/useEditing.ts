import { asProblem } from '@sharestack/api/problem.ts';
import { useState } from 'react';
import { useSending } from '../writing/useSending.tsx';

interface Versioned {
  version: number;
}

interface Options<T extends Versioned> {
  /** As the page shows it. */
  shown: T;
  save: (base: T) => Promise<T>;
  read: () => Promise<T>;
  onSaved: (saved: T) => void;
}

/**
 * Saves a change of what one has seen. Where it is another by now, that is read and said, and what was written stays: the
 * next press is about what is there now.
 */
export function useEditing<T extends Versioned>({ shown, save, read, onSaved }: Options<T>) {
  // The page's own copy may be read anew while somebody writes; what they have seen stays what they began with.
  const [first] = useState(shown);
  const [newer, setNewer] = useState<T | null>(null);
  const { submit, isSending, error, dialog } = useSending<{ saved: T } | { newer: T }>(
    () =>
      save(newer ?? first).then(
        (saved) => ({ saved }),
        async (refusal: unknown) => {
          if (asProblem(refusal).code !== 'version_conflict') throw refusal;
          return { newer: await read() };
        },
      ),
    (answer) => {
      if ('saved' in answer) onSaved(answer.saved);
      else setNewer(answer.newer);
    },
  );
  return { submit, isSending, error, dialog, newer };
}
