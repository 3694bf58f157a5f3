import { useApi } from '@sharestack/api/context.tsx';
import { RealtimeProvider } from '@sharestack/realtime/context.tsx';
import { Polling } from '@sharestack/realtime/polling.ts';
import type { Realtime } from '@sharestack/realtime/realtime.ts';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { feedPlaces } from '../community/queries.ts';
import { type ReportDialogOf, ReportProvider } from '../community/reporting.tsx';
import { FEED_TABS } from '../community/search.ts';

const ReportDialog = lazy(() =>
  import('../moderation/reporting/ReportDialog.tsx').then((module) => ({ default: module.ReportDialog })),
);

const reportDialog: ReportDialogOf = (target, onClose) => (
  <Suspense>
    <ReportDialog target={target} onClose={onClose} />
  </Suspense>
);

/** The community's pages, what they hear of (feeds), and reports, which are another context's. */
export function CommunityLayout() {
  const api = useApi();
  const [realtime, setRealtime] = useState<Realtime | null>(null);
  useEffect(() => {
    const polling = new Polling({
      look: async (topic) => {
        const tab = FEED_TABS.find((one) => topic === `feed:${one}`);
        return tab ? { [tab]: await feedPlaces(api, tab) } : {};
      },
    });
    setRealtime(polling);
    return () => polling.close();
  }, [api]);
  return (
    <RealtimeProvider realtime={realtime}>
      <ReportProvider dialog={reportDialog}>
        <Outlet />
      </ReportProvider>
    </RealtimeProvider>
  );
}
