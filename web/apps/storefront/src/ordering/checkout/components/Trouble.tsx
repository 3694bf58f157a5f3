import { type ReactNode, useEffect, useRef } from 'react';

/** Something stands in the way: said at once, and in sight. */
export function Trouble({ title, children }: { title?: string; children: ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => box.current?.scrollIntoView({ block: 'nearest' }), []);
  return (
    <div ref={box} role="alert" className="scroll-m-24 rounded-card bg-warn-soft p-5">
      {title && <p className="mb-2 font-medium text-warn">{title}</p>}
      {children}
    </div>
  );
}
