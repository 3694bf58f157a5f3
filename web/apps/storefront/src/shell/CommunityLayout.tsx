import { useApi } from '@sharestack/api/context.tsx';
import { RealtimeProvider } from '@sharestack/realtime/context.tsx';
import type { Realtime } from '@sharestack/realtime/realtime.ts';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { type ReportDialogOf, ReportProvider } from '../community/reporting.tsx';
import type { CommunityPolling } from './CommunityPolling.ts';

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
    let polling: CommunityPolling | undefined;
    let isOver = false;
    // Nothing is heard of without it, which the next page makes good; the page itself is there.
    import('./CommunityPolling.ts').then(
      (module) => {
        if (isOver) return;
        polling = new module.CommunityPolling(api);
        setRealtime(polling);
      },
      () => {},
    );
    return () => {
      isOver = true;
      polling?.close();
    };
  }, [api]);
  return (
    <RealtimeProvider realtime={realtime}>
      <ReportProvider dialog={reportDialog}>
        <Outlet />
      </ReportProvider>
    </RealtimeProvider>
  );
}
