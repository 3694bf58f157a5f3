import { FocusPlaces } from '@sharestack/ui/focusPlaces.ts';
import { useRouter } from '@tanstack/react-router';
import { useEffect } from 'react';

/**
 * After going to another page the focus is on its heading, so that who listens or types is there as well; after going
 * back it is on the link that was followed. Changing a filter stays on the page, and on what was pressed.
 */
export function RouteFocus() {
  const router = useRouter();
  useEffect(() => {
    const places = new FocusPlaces();
    const ends = [
      router.subscribe('onBeforeLoad', ({ pathChanged, fromLocation }) => {
        if (pathChanged && fromLocation) places.leave(fromLocation.state.__TSR_key ?? '');
      }),
      router.subscribe('onRendered', ({ pathChanged, fromLocation, toLocation }) => {
        if (pathChanged && fromLocation) places.arrive(toLocation.state.__TSR_key ?? '');
      }),
    ];
    return () => {
      for (const end of ends) end();
    };
  }, [router]);
  return null;
}
