import { type ReactNode, useId } from 'react';

/** One of the steps: none needs another. */
export function Step({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="py-8">
      <h2 id={id} className="font-display text-xl">
        {title}
      </h2>
      <p className="mt-1 mb-4 text-sm text-muted">{about}</p>
      {children}
    </section>
  );
}
