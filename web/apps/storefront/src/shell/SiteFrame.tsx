import { useSiteFacts } from '@sharestack/api/siteFacts.ts';
import type { HeadTag } from '@sharestack/ui/head.ts';
import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';

export interface SitePlace {
  origin: string;
  collect?: (tags: HeadTag[], status: number) => void;
}

/** What the API says of the shop, for everything inside. */
export function SiteFrame({ place, children }: { place: SitePlace; children: ReactNode }) {
  return <SiteProvider site={{ ...useSiteFacts(), ...place }}>{children}</SiteProvider>;
}
