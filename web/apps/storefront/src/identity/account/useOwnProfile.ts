import { useApi } from '@sharestack/api/context.tsx';
import { useSession } from '@sharestack/session/context.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { meQuery, type OwnProfile, PLACES_OF_PEOPLE } from '../queries.ts';

/** Keeps what the API says one is now, wherever that stands. */
export function useOwnProfile() {
  const api = useApi();
  const session = useSession();
  const queryClient = useQueryClient();
  const { queryKey } = meQuery(api);
  return {
    held: () => queryClient.getQueryData(queryKey),
    read: () => queryClient.fetchQuery(meQuery(api)),
    keep: (now: OwnProfile) => {
      queryClient.setQueryData(queryKey, now);
      session.keepUser(now);
      for (const place of PLACES_OF_PEOPLE) {
        void queryClient.invalidateQueries({ queryKey: place, refetchType: 'none' });
      }
    },
  };
}
