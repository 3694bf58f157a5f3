import type { ReactNode } from 'react';

interface Props {
  title: string;
  body?: string;
  /** Something is still going on. */
  isBusy?: boolean;
  children?: ReactNode;
}

/** How a payment stands, said as soon as that changes. */
export function ResultCard({ title, body, isBusy = false, children }: Props) {
  return (
    <div className="mx-auto max-w-xl rounded-card border border-line bg-surface p-6 text-center sm:p-10">
      <div role="status" aria-busy={isBusy}>
        {isBusy && (
          <span
            aria-hidden="true"
            className="mx-auto mb-5 block size-10 animate-spin rounded-full border-3 border-line border-t-brand"
          />
        )}
        <p className="font-display text-2xl">{title}</p>
        {body && <p className="mx-auto mt-2 max-w-prose text-muted">{body}</p>}
      </div>
      {children && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
