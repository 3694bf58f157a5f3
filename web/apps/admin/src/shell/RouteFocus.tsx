import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/** After going to another room the focus is on its heading; a filter stays where it was pressed. */
export function RouteFocus() {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe('onRendered', ({ pathChanged, fromLocation }) => {
        if (!pathChanged || !fromLocation) return;
        document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
      }),
    [router],
  );
  return null;
}
