import { useCallback, useRef, useState } from 'react';

/** Runs one at a time: who presses twice has pressed once. */
export function useOnce<A extends unknown[]>(act: (...args: A) => Promise<void>) {
  const isBusy = useRef(false);
  const [isRunning, setRunning] = useState(false);
  const latest = useRef(act);
  latest.current = act;
  const run = useCallback(async (...args: A) => {
    if (isBusy.current) return;
    isBusy.current = true;
    setRunning(true);
    try {
      await latest.current(...args);
    } finally {
      isBusy.current = false;
      setRunning(false);
    }
  }, []);
  return { run, isRunning };
}
