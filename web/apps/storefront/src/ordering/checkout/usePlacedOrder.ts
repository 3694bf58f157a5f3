import { useApi } from '@sharestack/api/context.tsx';
import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { pathIn, useLocale } from '@sharestack/i18n/locale.tsx';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { CART_KEY } from '../queries.ts';
import { forgetKey } from './checkoutKeys.ts';
import { keepDraft } from './draft.ts';
import { CHECKOUT_KEY, type PlacedOrder, placeOrder } from './queries.ts';
import { useOnce } from './useOnce.ts';

/** Where an order is shown: a guest's by its token. */
export function orderPath({ id, token }: Pick<PlacedOrder, 'id' | 'token'>): string {
  return token ? `/orders/${id}?token=${encodeURIComponent(token)}` : `/account/orders/${id}`;
}

/** Places the order of a checkout, which may exist already, and goes to it. */
export function usePlacedOrder(checkoutId: string) {
  const api = useApi();
  const router = useRouter();
  const locale = useLocale();
  const queryClient = useQueryClient();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const { run, isRunning } = useOnce(async () => {
    setProblem(null);
    try {
      const order = await placeOrder(api, checkoutId);
      router.history.replace(pathIn(locale, orderPath(order)));
      keepDraft(null);
      forgetKey(checkoutId);
      queryClient.removeQueries({ queryKey: [...CHECKOUT_KEY, checkoutId] });
      await queryClient.invalidateQueries({ queryKey: CART_KEY });
    } catch (error) {
      setProblem(asProblem(error));
    }
  });
  return { place: run, isPlacing: isRunning, problem };
}
