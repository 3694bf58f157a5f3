import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useSessionState } from '@sharestack/session/context.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { unwish, wishedQuery, wishFor } from './queries.ts';
import { takeWish } from './wishes.ts';

/** Whether the person wishes for a product, and the press that changes it: shown at once, taken back where it fails. */
export function useWish(productId: string) {
  const api = useApi();
  const queryClient = useQueryClient();
  const { status } = useSessionState();
  const query = wishedQuery(api);
  const { data: ids } = useQuery({ ...query, enabled: status === 'signed-in' });
  const isWished = ids?.includes(productId) ?? false;
  const { mutate, error } = useMutation({
    // One after the other: the last press is what counts, whatever the network does.
    scope: { id: `wish ${productId}` },
    mutationFn: (next: boolean) => (next ? wishFor : unwish)(api, productId),
    onMutate: async (next) => {
      await queryClient.cancelQueries({ queryKey: query.queryKey });
      set(next);
    },
    onError: (_, next) => set(!next),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: ['wishlist'] }),
  });
  const set = (wished: boolean) =>
    queryClient.setQueryData(query.queryKey, (before = []) => {
      const others = before.filter((id) => id !== productId);
      return wished ? [...others, productId] : others;
    });
  const isReady = ids !== undefined;
  useEffect(() => {
    if (isReady && takeWish(productId)) mutate(true);
  }, [isReady, productId, mutate]);
  return { status, isWished, isReady, toggle: () => mutate(!isWished), problem: error ? asProblem(error) : null };
}
