import { type LegalName, pages } from 'virtual:legal';
import { pathIn, useLocale } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { getRouteApi } from '@tanstack/react-router';

const route = getRouteApi('/legal/$name');

/** A page of the operator's own words, made from Markdown when the site is built. */
export function LegalPage() {
  const locale = useLocale();
  const { name } = route.useParams();
  const { title, html } = pages[name as LegalName][locale];
  return (
    <article className="page pt-10">
      <PageHead title={title} path={pathIn(locale, `/legal/${name}`)} />
      <h1 tabIndex={-1} className="font-display text-4xl">
        {title}
      </h1>
      <div
        className="prose mt-6"
        // The operator's Markdown, rendered without raw HTML
        dangerouslySetInnerHTML={{ __html: html }}
      />
    </article>
  );
}
