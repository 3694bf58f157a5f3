import type { Api } from '@sharestack/api/client.ts';
import type { Locale } from '@sharestack/i18n/locale.tsx';
import type { QueryClient } from '@tanstack/react-query';
import { legalPageQuery } from './queries.ts';

interface LoaderTools {
  api: Api;
  queryClient: QueryClient;
  /** What the page is about. */
  essential: <T>(query: Promise<T>) => Promise<T>;
}

export async function loadLegalPage(
  { api, queryClient, essential }: LoaderTools,
  name: string,
  locale: Locale,
): Promise<void> {
  await essential(queryClient.ensureQueryData(legalPageQuery(api, name, locale)));
}
