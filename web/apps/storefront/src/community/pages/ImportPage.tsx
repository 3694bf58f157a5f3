import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi, Link } from '@tanstack/react-router';
import { type ReactNode, useId } from 'react';
import { ArchiveForm } from '../importing/ArchiveForm.tsx';
import { ImportReport } from '../importing/ImportReport.tsx';
import { PeopleFiles } from '../importing/PeopleFiles.tsx';
import type { ImportSearch } from '../importing/search.ts';
import { importingTexts } from '../importing/texts.ts';

const route = getRouteApi('/account/import');

/** What people bring along, and take along. */
export function ImportPage() {
  const t = useTexts(importingTexts);
  const { import: id, outcome }: ImportSearch = route.useSearch();
  return (
    <>
      <PageHead title={t.title} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.title}
      </h1>
      <p className="mt-1 text-muted">{t.about}</p>
      <div className="mt-8 max-w-2xl divide-y divide-line border-t border-line">
        {id ? (
          <Part title={t.report}>
            <ImportReport key={id} id={id} outcome={outcome} />
          </Part>
        ) : (
          <Part title={t.postsTitle} about={t.postsAbout}>
            <ArchiveForm />
          </Part>
        )}
        <Part title={t.peopleTitle} about={t.peopleAbout}>
          <PeopleFiles />
        </Part>
        <Part title={t.copyTitle} about={t.copyAbout}>
          <Link to="/account/privacy" className={buttonClass('secondary')}>
            {t.toCopy}
          </Link>
        </Part>
      </div>
    </>
  );
}

function Part({ title, about, children }: { title: string; about?: string; children: ReactNode }) {
  const id = useId();
  return (
    <section aria-labelledby={id} className="py-8">
      <h2 id={id} className="font-display text-xl">
        {title}
      </h2>
      {about && <p className="mt-1 text-sm text-muted">{about}</p>}
      <div className="mt-4">{children}</div>
    </section>
  );
}
