import { useSiteFacts } from '@sharestack/api/siteFacts.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';

/** What the API says of the shop, for everything inside. */
export function SiteFrame({ children }: { children: ReactNode }) {
  return <SiteProvider site={{ ...useSiteFacts(), origin: location.origin }}>{children}</SiteProvider>;
}
