import type { ReactNode } from 'react';

/** A page that is one thing to do; `lead` is said with its heading. */
export function FormCard({ title, lead, children }: { title: string; lead: ReactNode; children?: ReactNode }) {
  return (
    <div className="page flex justify-center pt-10 md:pt-16">
      <div className="w-full max-w-md rounded-card border border-line bg-surface p-6 sm:p-10">
        <h1 tabIndex={-1} className="font-display text-3xl">
          {title}
        </h1>
        <p className="mt-2 text-muted">{lead}</p>
        {children}
      </div>
    </div>
  );
}
