import type { ReactNode } from 'react';

interface Props {
  /** What it holds, for who comes to it with the keyboard. */
  label: string;
  className?: string;
  children: ReactNode;
}

/** What may be wider than the window, and is then scrolled sideways by itself; by keyboard as well. */
export function SideScroller({ label, className = '', children }: Props) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: arrow keys scroll what has the focus
    <section aria-label={label} tabIndex={0} className={`overflow-x-auto ${className}`}>
      {children}
    </section>
  );
}
