import { PageHead } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { useFocusOnHeading } from './useFocusOnHeading.ts';

/** What the link was for is done; `children` are the ways on. */
export function DonePage({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  useFocusOnHeading();
  return (
    <FormCard title={title} lead={<span className="break-words">{body}</span>}>
      <PageHead title={title} isIndexed={false} />
      <div className="mt-6 flex flex-col items-stretch gap-3">{children}</div>
    </FormCard>
  );
}
