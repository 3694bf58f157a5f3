import { useSyncExternalStore } from 'react';

const QUERY = '(max-width: 639px)';

const media = () => (typeof matchMedia === 'undefined' ? null : matchMedia(QUERY));

function subscribe(listener: () => void) {
  const list = media();
  list?.addEventListener('change', listener);
  return () => list?.removeEventListener('change', listener);
}

/** Whether there is no room for a table. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => media()?.matches ?? false,
    () => false,
  );
}
