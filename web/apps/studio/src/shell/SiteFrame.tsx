import { SiteProvider } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';
import { useFacts } from './useFacts.ts';

export function SiteFrame({ children }: { children: ReactNode }) {
  return <SiteProvider site={{ ...useFacts(), origin: location.origin }}>{children}</SiteProvider>;
}
