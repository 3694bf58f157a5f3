import { useEffect, useMemo, useState } from 'react';
import type { Place } from './queries.ts';

const TYPING_PAUSE_MS = 400;

/** The same object as long as it is the same place, and only once nobody types any more. */
export function usePlaceAfterTyping(place: Place | null): Place | null {
  const text = JSON.stringify(place);
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), TYPING_PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return useMemo(() => JSON.parse(settled) as Place | null, [settled]);
}
