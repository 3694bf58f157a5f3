import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { type ReactNode, useId } from 'react';

/** A page of settings: its heading, and its parts below each other. */
export function SettingsPage({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <>
      <PageHead title={title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {title}
      </h1>
      <p className="mt-1 text-muted">{lead}</p>
      <div className="mt-8 max-w-2xl divide-y divide-line border-t border-line">{children}</div>
    </>
  );
}

interface PartProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

export function SettingsPart({ title, lead, children }: PartProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="py-8">
      <h2 id={id} className="font-display text-xl">
        {title}
      </h2>
      {lead && <p className="mt-1 text-sm text-muted">{lead}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
