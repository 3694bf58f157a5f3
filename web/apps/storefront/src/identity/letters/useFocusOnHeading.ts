import { useEffect } from 'react';

/** What a press has led to is a page of its own, at the same address: the focus goes to its heading, which is said. */
export function useFocusOnHeading(): void {
  useEffect(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }), []);
}
