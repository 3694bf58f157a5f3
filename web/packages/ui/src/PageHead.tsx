import { useLocale } from '@sharestack/i18n/locale.tsx';
import { createContext, type ReactNode, useContext, useEffect } from 'react';
import { applyHead, type PageHead as Head, type HeadTag, headTags } from './head.ts';

interface SiteLogo {
  url: string;
  variants: readonly { name: string; url: string }[];
}

interface Site {
  name: string;
  /** Where customers write to. */
  email: string;
  /** Empty where there is none. */
  phone?: string;
  /** Lines of a letter to the shop; empty where there is none. */
  address?: string;
  logo?: SiteLogo | null;
  /** In which moments are told; in the reader's own where there is none. */
  timeZone?: string | undefined;
  origin: string;
  /** Where a server's render leaves the tags of the page; browsers have a document. */
  collect?: (tags: HeadTag[], status: number) => void;
}

const SiteContext = createContext<Site>({ name: '', email: '', origin: '' });

export function SiteProvider({ site, children }: { site: Site; children: ReactNode }) {
  return <SiteContext value={site}>{children}</SiteContext>;
}

export function useSite(): Site {
  return useContext(SiteContext);
}

/** Title, description, canonical address and the rest of this page; `status` is what the server answers with. */
export function PageHead({ status = 200, ...head }: Head & { status?: number }) {
  const { name, origin, collect } = useSite();
  const locale = useLocale();
  const tags = headTags(head, { site: name, origin, locale });
  collect?.(tags, status);
  const key = JSON.stringify(tags);
  useEffect(() => applyHead(JSON.parse(key), document), [key]);
  return null;
}
