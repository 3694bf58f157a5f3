import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react';
import type { Listener, Realtime, Topic } from './realtime.ts';

const RealtimeContext = createContext<Realtime | null>(null);

/** Without one yet (on a server, and until a page is alive), all is quiet below. */
export function RealtimeProvider({ realtime, children }: { realtime: Realtime | null; children: ReactNode }) {
  return <RealtimeContext value={realtime}>{children}</RealtimeContext>;
}

/** Hears of changes of `topic` while the component is there; null waits for nothing. Without a provider all is quiet. */
export function useChanges(topic: Topic | null, onChange: Listener): void {
  const realtime = useContext(RealtimeContext);
  const latest = useRef(onChange);
  useEffect(() => {
    latest.current = onChange;
  });
  useEffect(() => {
    if (topic === null) return;
    return realtime?.subscribe(topic, (change) => latest.current(change));
  }, [realtime, topic]);
}
