import { useSiteFacts } from '@sharestack/api/siteFacts.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';

/** What the API says of the shop, for everything inside. Who runs it sees its time, wherever they are. */
export function SiteFrame({ children }: { children: ReactNode }) {
  const { time_zone: timeZone, ...facts } = useSiteFacts();
  return <SiteProvider site={{ ...facts, timeZone, origin: location.origin }}>{children}</SiteProvider>;
}
