import type { Api } from '@sharestack/api/client.ts';
import { useApi } from '@sharestack/api/context.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { groupQuery } from '../queries.ts';
import { managingKey } from './queries.ts';

/** Does something in a group, once at a time; its lists and its count of members are read anew, also where it failed. */
export function useGroupAction(slug: string, onDone?: () => void) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (act: (api: Api) => Promise<unknown>) => act(api),
    onSuccess: () => onDone?.(),
    onSettled: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: managingKey(slug) }),
        queryClient.invalidateQueries({ queryKey: groupQuery(api, slug).queryKey }),
      ]),
  });
  return {
    run: (act: (api: Api) => Promise<unknown>) => {
      if (!isPending) mutate(act);
    },
    isPending,
    error,
  };
}
