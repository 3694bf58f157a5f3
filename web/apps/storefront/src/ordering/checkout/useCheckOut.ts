import type { Api } from '@sharestack/api/client.ts';
import { useApi } from '@sharestack/api/context.tsx';
import { type ApiProblem, asProblem } from '@sharestack/api/problem.ts';
import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { NewSavedAddress } from '../addresses/editing/queries.ts';
import { CART_KEY } from '../queries.ts';
import { type Draft, keepDraft } from './draft.ts';
import { CHECKOUT_KEY, type NewCheckout, checkOut as send } from './queries.ts';

/** Checks the cart out and goes on to payment; a refusal is kept, and given back. */
export function useCheckOut() {
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<ApiProblem | null>(null);
  const checkOut = async (wish: NewCheckout, draft: Draft): Promise<ApiProblem | null> => {
    try {
      const checkout = await send(api, wish);
      queryClient.setQueryData([...CHECKOUT_KEY, checkout.id], checkout);
      keepDraft(draft);
      // Buying does not wait for the address book, and does not fail with it.
      if (draft.isToBeSaved && wish.shipping_address) void keepInBook(api, queryClient, wish.shipping_address);
      await navigate({ to: '/checkout', search: { checkout: checkout.id } });
      return null;
    } catch (error) {
      const refused = asProblem(error);
      setProblem(refused);
      // What the cart shows is older than the refusal.
      if (refused.status === 409) void queryClient.invalidateQueries({ queryKey: CART_KEY });
      return refused;
    }
  };
  return { checkOut, problem, setProblem };
}

async function keepInBook(api: Api, queryClient: QueryClient, address: NewSavedAddress['address']): Promise<void> {
  try {
    const { keepAddress, saveAddress } = await import('../addresses/editing/queries.ts');
    const entry = { address, is_default_shipping: false, is_default_billing: false };
    await keepAddress(queryClient, await saveAddress(api, entry, crypto.randomUUID()));
  } catch {
    // It can be typed in again.
  }
}
