import { useSyncExternalStore } from 'react';

const ROOMY = 48;
const DENSE = 36;

function subscribe(listener: () => void) {
  const observer = new MutationObserver(listener);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-density'] });
  return () => observer.disconnect();
}

/** Pixels of a row, by the density that was chosen (`data-density` of the document). */
export function useRowHeight(): number {
  return useSyncExternalStore(subscribe, () => (document.documentElement.dataset.density === 'dense' ? DENSE : ROOMY));
}
