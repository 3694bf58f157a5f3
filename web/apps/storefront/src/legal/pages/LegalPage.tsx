import { useApi } from '@sharestack/api/context.tsx';
import { pathIn, useLocale } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { legalPageQuery } from '../queries.ts';

const route = getRouteApi('/legal/$name');

/** A page of the operator's own words. */
export function LegalPage() {
  const locale = useLocale();
  const { name } = route.useParams();
  const { title, html } = useSuspenseQuery(legalPageQuery(useApi(), name, locale)).data;
  return (
    <article className="page pt-10">
      <PageHead title={title} path={pathIn(locale, `/legal/${name}`)} />
      <h1 tabIndex={-1} className="font-display text-4xl">
        {title}
      </h1>
      <div
        className="prose mt-6"
        // The API makes it from Markdown: without HTML of its own, and with links to the web, mail and this site alone
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </article>
  );
}
