import { useEffect, useState } from 'react';

const SECOND = 1000;

const secondsUntil = (moment: number | null) =>
  moment === null ? null : Math.max(0, Math.ceil((moment - Date.now()) / SECOND));

/** Seconds until a moment (milliseconds since 1970), counting down; null without one. */
export function useSecondsUntil(moment: number | null): number | null {
  const [seconds, setSeconds] = useState(() => secondsUntil(moment));
  useEffect(() => {
    setSeconds(secondsUntil(moment));
    if (moment === null) return;
    const timer = setInterval(() => {
      const left = secondsUntil(moment);
      setSeconds(left);
      if (left === 0) clearInterval(timer);
    }, SECOND);
    return () => clearInterval(timer);
  }, [moment]);
  return seconds;
}
