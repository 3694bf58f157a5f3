import { type QueryKey, useQueryClient } from '@tanstack/react-query';

/** Shows at once what an answer said, and has everything else that it changes read again. */
export function useOrderSaved() {
  const client = useQueryClient();
  return (key: QueryKey, answer: unknown, changes: readonly QueryKey[]) => {
    client.setQueryData(key, answer);
    for (const queryKey of changes) void client.invalidateQueries({ queryKey });
  };
}
