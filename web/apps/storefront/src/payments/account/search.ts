export interface MethodsSearch {
  /** What the provider says when a bank sent the customer back; only a hint, the list is what counts. */
  redirect_status?: 'succeeded' | 'failed';
}

export function parseMethodsSearch({ redirect_status: status }: Record<string, unknown>): MethodsSearch {
  if (status === undefined) return {};
  return { redirect_status: status === 'succeeded' ? 'succeeded' : 'failed' };
}
