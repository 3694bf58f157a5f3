import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { ChevronLeft } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  lead?: ReactNode;
  /** The list that this is one of. */
  back?: { to: string; label: string };
  /** Beside the title. */
  children?: ReactNode;
}

/** The head of a room: where one is, where one came from, what can be done here. */
export function RoomHead({ title, lead, back, children }: Props) {
  return (
    <div>
      <PageHead title={title} isIndexed={false} />
      {back && (
        <Link
          to={back.to}
          className="-ml-1 inline-flex min-h-11 items-center gap-1 text-sm text-muted hover:text-ink sm:min-h-8"
        >
          <ChevronLeft className="size-4" aria-hidden="true" />
          {back.label}
        </Link>
      )}
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 tabIndex={-1} className="min-w-0 font-display text-3xl break-words">
          {title}
        </h1>
        {children && <div className="flex flex-wrap gap-2">{children}</div>}
      </div>
      {lead && <div className="mt-1 max-w-prose text-muted">{lead}</div>}
    </div>
  );
}
