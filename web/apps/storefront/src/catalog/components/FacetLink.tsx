import { Link } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import type { ReactNode } from 'react';
import type { ListSearch } from '../listSearch.ts';

interface Props {
  /** What the address holds after the choice. */
  search: ListSearch;
  isChosen: boolean;
  count?: number | undefined;
  lang?: string | undefined;
  children: ReactNode;
}

/** One choice of a filter: a link, so that it works without JavaScript, opens in a tab and can be sent to a friend. */
export function FacetLink({ search, isChosen, count, lang, children }: Props) {
  return (
    <Link
      to="."
      activeOptions={{ exact: true }}
      search={search as never}
      resetScroll={false}
      aria-current={isChosen ? 'true' : undefined}
      rel="nofollow"
      className="group flex min-h-9 items-center gap-2.5 text-sm hover:text-brand"
    >
      <span
        aria-hidden="true"
        className={`grid size-4.5 shrink-0 place-items-center rounded border ${isChosen ? 'border-brand bg-brand text-on-brand' : 'border-control bg-surface group-hover:border-brand'}`}
      >
        {isChosen && <Check className="size-3.5" strokeWidth={3} />}
      </span>
      <span lang={lang} className="min-w-0 grow break-words">
        {children}
      </span>
      {count !== undefined && <span className="text-xs text-muted tabular-nums">{count}</span>}
    </Link>
  );
}
