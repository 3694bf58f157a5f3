import { type ReactNode, useRef, useState } from 'react';

interface Props {
  label: string;
  /** What is seen of it: an icon, and perhaps a count. */
  face: ReactNode;
  children: (close: () => void) => ReactNode;
  className?: string;
  /** Of what opens: to the left where there is no room on the right. */
  align?: 'left' | 'right';
}

/** A few actions behind a button, there while it is open; it closes by Escape, by an action, and when the focus leaves. */
export function Menu({ label, face, children, className = '', align = 'left' }: Props) {
  const details = useRef<HTMLDetailsElement>(null);
  const [isOpen, setOpen] = useState(false);
  const close = () => {
    if (details.current) details.current.open = false;
  };
  return (
    <details
      ref={details}
      className="relative"
      onToggle={({ currentTarget }) => setOpen(currentTarget.open)}
      onBlur={({ relatedTarget, currentTarget }) => {
        if (relatedTarget && !currentTarget.contains(relatedTarget)) close();
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key !== 'Escape' || !currentTarget.open) return;
        close();
        currentTarget.querySelector('summary')?.focus();
      }}
    >
      <summary aria-label={label} className={className}>
        {face}
      </summary>
      {isOpen && (
        <div
          className={`absolute top-full z-20 mt-1 rounded-card border border-line bg-surface p-1 shadow-lg ${align === 'left' ? 'left-0' : 'right-0'}`}
        >
          {children(close)}
        </div>
      )}
    </details>
  );
}
