import { useApi } from '@sharestack/api/context.tsx';
import { RealtimeProvider, useChanges } from '@sharestack/realtime/context.tsx';
import { Polling } from '@sharestack/realtime/polling.ts';
import { usePermissions } from '@sharestack/session/context.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useEffect, useState } from 'react';
import { counterVersions } from './queries.ts';

/** Lists that show what a counter counts, by the first part of their key. */
const LISTS: Record<string, string> = {
  orders_to_ship: 'orders',
  returns_to_decide: 'returns',
  variants_low_in_stock: 'inventory',
  open_cases: 'cases',
  disputes_to_answer: 'disputes',
  payments_to_review: 'fraud',
  reconciliation_differences: 'books',
  open_appeals: 'appeals',
  open_errors: 'errors',
};

/** Keeps counters current while the page is seen, and the lists behind a counter that changed. */
export function LiveCounters({ children }: { children: ReactNode }) {
  const api = useApi();
  const client = useQueryClient();
  const [realtime] = useState(() => new Polling({ look: () => counterVersions(api, client) }));
  useEffect(() => () => realtime.close(), [realtime]);
  return (
    <RealtimeProvider realtime={realtime}>
      <Refresh />
      {children}
    </RealtimeProvider>
  );
}

function Refresh() {
  const client = useQueryClient();
  const mayCount = usePermissions().includes('counters:read');
  useChanges(mayCount ? 'admin:counters' : null, ({ id }) => {
    const list = LISTS[id];
    if (list) void client.invalidateQueries({ queryKey: [list] });
  });
  return null;
}
