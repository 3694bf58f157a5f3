import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead, useSite } from '@sharestack/ui/PageHead.tsx';
import type { ReactNode } from 'react';
import { FormCard } from '../components/FormCard.tsx';
import { letterTexts } from './texts.ts';
import { useFocusOnHeading } from './useFocusOnHeading.ts';

/** A link that was used, has run out or was never ours: `body` says what that means here, `children` what to do. */
export function BrokenLink({ body, children }: { body: string; children: ReactNode }) {
  const t = useTexts(letterTexts);
  const { email } = useSite();
  useFocusOnHeading();
  return (
    <FormCard title={t.brokenTitle} lead={t.brokenBody}>
      <PageHead title={t.brokenTitle} isIndexed={false} />
      <p className="mt-3">{body}</p>
      <div className="mt-6 flex flex-col items-stretch gap-3">{children}</div>
      <p className="mt-4 text-center text-sm">
        <a
          href={`mailto:${email}`}
          className="inline-flex min-h-11 items-center text-muted underline underline-offset-4"
        >
          {t.writeToUs}
        </a>
      </p>
    </FormCard>
  );
}
