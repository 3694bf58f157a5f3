import { type RefObject, useCallback, useLayoutEffect, useRef } from 'react';

const isBrowser = typeof window !== 'undefined';

/**
 * Keeps what is read where it is while pages above it come or go. `hold` is called before such a change, with the item
 * that stays (the first, or the last); where that one is afterwards, the window follows it.
 */
export function useKeptPlace(list: RefObject<HTMLElement | null>, pages: string) {
  const held = useRef<{ element: HTMLElement; top: number } | null>(null);
  const hold = useCallback(
    (which: 'first' | 'last') => {
      const items = list.current?.children;
      const element = items?.[which === 'first' ? 0 : items.length - 1];
      if (element instanceof HTMLElement) held.current = { element, top: element.offsetTop };
    },
    [list],
  );
  // A server has no window, and nothing that could move.
  (isBrowser ? useLayoutEffect : useNothing)(() => {
    const before = held.current;
    held.current = null;
    if (pages && before?.element.isConnected) window.scrollBy(0, before.element.offsetTop - before.top);
  }, [pages]);
  return hold;
}

function useNothing(): void {}
