import { useEffect } from 'react';

/** Calls back when the browser shows the page as it was left, after Back from another site: it may be old by now. */
export function usePageRestored(act: () => void): void {
  useEffect(() => {
    const onShow = (event: PageTransitionEvent) => {
      if (event.persisted) act();
    };
    window.addEventListener('pageshow', onShow);
    return () => window.removeEventListener('pageshow', onShow);
  }, [act]);
}
