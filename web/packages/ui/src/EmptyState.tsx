import type { ReactNode } from 'react';

/** Nothing is here yet: what that means, and what to do next. */
export function EmptyState({ title, body, children }: { title: string; body?: string; children?: ReactNode }) {
  return (
    <div className="rounded-card bg-sunken px-6 py-14 text-center">
      <svg viewBox="0 0 120 80" className="mx-auto mb-5 h-20 text-line" aria-hidden="true">
        <path d="M35 72V44a25 25 0 0 1 50 0v28z" fill="currentColor" />
        <path d="M20 72h80" stroke="var(--control)" strokeWidth="1.5" strokeLinecap="round" />
        <circle cx="60" cy="48" r="9" fill="none" stroke="var(--control)" strokeWidth="1.5" strokeDasharray="3 4" />
      </svg>
      <p className="font-display text-2xl">{title}</p>
      {body && <p className="mx-auto mt-2 max-w-prose text-muted">{body}</p>}
      {children && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </div>
  );
}
