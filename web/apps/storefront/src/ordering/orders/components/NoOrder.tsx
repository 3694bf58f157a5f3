import type { ReactNode } from 'react';

/** In place of an order: why there is none, and what to do about it. */
export function NoOrder({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <div className="mx-auto max-w-xl py-10 text-center">
      <h1 tabIndex={-1} className="font-display text-3xl">
        {title}
      </h1>
      <p className="mt-3 text-muted">{body}</p>
      <div className="mt-7 flex flex-wrap justify-center gap-3">{children}</div>
    </div>
  );
}
