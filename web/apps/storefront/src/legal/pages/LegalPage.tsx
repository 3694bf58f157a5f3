import type { Api } from '@sharestack/api/client.ts';
import { useApi } from '@sharestack/api/context.tsx';
import { type Locale, pathIn, useLocale } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { type QueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { legalPageQuery } from '../queries.ts';

const route = getRouteApi('/legal/$name');

interface LoaderTools {
  api: Api;
  queryClient: QueryClient;
  /** What the page is about. */
  essential: <T>(query: Promise<T>) => Promise<T>;
}

/** Beside its page, unlike other loaders: the two are small, and every file more is a name in the entry. */
export async function loadLegalPage(
  { api, queryClient, essential }: LoaderTools,
  name: string,
  locale: Locale,
): Promise<void> {
  await essential(queryClient.ensureQueryData(legalPageQuery(api, name, locale)));
}

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
