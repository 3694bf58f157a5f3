import type { ReactNode } from 'react';

/** How a checkout ended, and what to do next. */
export function Notice({ title, body, children }: { title: string; body: string; children?: ReactNode }) {
  return (
    <section
      role="alert"
      className="mx-auto max-w-xl rounded-card border border-line bg-surface p-6 text-center sm:p-10"
    >
      <h2 className="font-display text-2xl">{title}</h2>
      <p className="mt-2 text-muted">{body}</p>
      {children && <div className="mt-6 flex flex-wrap justify-center gap-3">{children}</div>}
    </section>
  );
}
