import { useApi } from '@sharestack/api/context.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect } from 'react';
import { CART_KEY, type Cart, cartQuery } from './queries.ts';

/** The cart of this visitor; null where there is none yet. */
export function useCart() {
  const { status } = useSessionState();
  const queryClient = useQueryClient();
  const query = cartQuery(useApi(), status === 'signed-in');
  const result = useQuery({ ...query, enabled: status !== 'unknown' });

  // Back from another site: the browser shows the page as it was left, and the cart may be another by now.
  useEffect(() => {
    const refetch = (event: PageTransitionEvent) => {
      if (event.persisted) void queryClient.invalidateQueries({ queryKey: CART_KEY });
    };
    window.addEventListener('pageshow', refetch);
    return () => window.removeEventListener('pageshow', refetch);
  }, [queryClient]);

  const [, whose] = query.queryKey;
  const keep = useCallback((cart: Cart) => queryClient.setQueryData([...CART_KEY, whose], cart), [queryClient, whose]);
  return { ...result, keep };
}
