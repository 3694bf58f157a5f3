import { useApi } from '@sharestack/api/context.tsx';
import { Polling } from '@sharestack/realtime/polling.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { pauseOfOrder } from './orderState.ts';
import { keysOfOrder, type Order, type OrderAccess, orderVersion } from './queries.ts';

/** Keeps an order that is looked at as it is, for as long as something of it is still to happen. */
export function useOrderChanges(order: Order, { id, token }: OrderAccess): void {
  const api = useApi();
  const queryClient = useQueryClient();
  const pause = pauseOfOrder(order, Date.now());
  useEffect(() => {
    if (pause === null) return;
    const access = { id, token };
    const polling = new Polling({
      look: async () => ({ [id]: await orderVersion(api, access) }),
      interval: () => pause,
    });
    polling.subscribe(`order:${id}`, () => {
      for (const queryKey of keysOfOrder(access)) void queryClient.invalidateQueries({ queryKey });
    });
    return () => polling.close();
  }, [api, queryClient, id, token, pause]);
}
