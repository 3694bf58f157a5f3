import { type ReactNode, useId } from 'react';

interface Props {
  title: string;
  className?: string;
  children: ReactNode;
}

/** A part of an order, under its own heading. */
export function Section({ title, className = '', children }: Props) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={className}>
      <h2 id={id} className="mb-3 font-display text-xl">
        {title}
      </h2>
      {children}
    </section>
  );
}
