import { useApi } from '@sharestack/api/context.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { replaceSettings, SITE_KEY, type SiteSettings, type SiteTerms, settingsQuery, termsOf } from './queries.ts';

/** Two forms write one document: each sends its own part, and the rest as it was read last. */
export function useSettings(opened: SiteSettings) {
  const api = useApi();
  const queryClient = useQueryClient();
  const query = settingsQuery(api);
  const current = () => queryClient.getQueryData(query.queryKey) ?? opened;
  return {
    send: (part: Partial<SiteTerms>, version = current().version) =>
      replaceSettings(api, { ...termsOf(current()), ...part }, version),
    reload: () => queryClient.fetchQuery(query),
    onSaved: (saved: SiteSettings) => {
      queryClient.setQueryData(query.queryKey, saved);
      void queryClient.invalidateQueries({ queryKey: SITE_KEY });
    },
  };
}
