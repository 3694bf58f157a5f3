import { useRef } from 'react';

/**
 * The Idempotency-Key of something that is wanted once: the same for as long as the same is wanted, however often it is
 * pressed, so that an answer that was lost does not do it twice.
 */
export function useRequestKey(): (wanted: unknown) => string {
  const kept = useRef<{ wanted: string; key: string } | null>(null);
  return (wanted) => {
    const words = JSON.stringify(wanted);
    if (kept.current?.wanted !== words) kept.current = { wanted: words, key: crypto.randomUUID() };
    return kept.current.key;
  };
}
