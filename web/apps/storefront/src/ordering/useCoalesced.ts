import { useCallback, useRef, useState } from 'react';

/**
 * One call at a time, and only the last of what came meanwhile after it: ten presses in a second are two calls, and
 * the last one wins.
 */
export function useCoalesced<T>(
  call: (value: T) => Promise<void>,
  join: (waiting: T, next: T) => T = (_, next) => next,
) {
  const isBusy = useRef(false);
  const waiting = useRef<{ value: T } | null>(null);
  const [isPending, setPending] = useState(false);
  const latest = useRef(call);
  latest.current = call;

  const run = useCallback(
    async (value: T) => {
      waiting.current = { value: waiting.current ? join(waiting.current.value, value) : value };
      if (isBusy.current) return;
      isBusy.current = true;
      setPending(true);
      try {
        while (waiting.current) {
          const next: T = waiting.current.value;
          waiting.current = null;
          await latest.current(next);
        }
      } finally {
        waiting.current = null;
        isBusy.current = false;
        setPending(false);
      }
    },
    [join],
  );
  return { run, isPending };
}
