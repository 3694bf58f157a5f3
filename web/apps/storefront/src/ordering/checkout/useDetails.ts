import { useApi } from '@sharestack/api/context.tsx';
import type { ApiProblem } from '@sharestack/api/problem.ts';
import { siteQuery } from '@sharestack/api/site.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SavedAddress } from '../addresses/queries.ts';
import { addressTexts } from '../addresses/texts.ts';
import { type Address, focusFirstInvalid, readAddress } from '../addressFields.ts';
import type { Cart } from '../queries.ts';
import { type Buyer, type DetailProblems, missingIn, NO_PROBLEMS, placeOf, refusedIn, wishOf } from './details.ts';
import { type Draft, EMPTY_DRAFT, keepDraft, readDraft } from './draft.ts';
import type { NewCheckout } from './queries.ts';
import { texts } from './texts.ts';
import { useCheckOut } from './useCheckOut.ts';
import { useOnce } from './useOnce.ts';
import { usePlaceAfterTyping } from './usePlaceAfterTyping.ts';

/**
 * Who buys, where to, and how it is delivered. Texts belong to the document's fields; each change is kept for this tab,
 * so that a reload, a lost connection or signing in again loses nothing.
 */
export function useDetails(cart: Cart, isOwn: boolean, book: readonly SavedAddress[]) {
  const words = { checkout: useTexts(texts), address: useTexts(addressTexts) };
  const { data: site } = useQuery(siteQuery(useApi()));
  const form = useRef<HTMLFormElement>(null);
  const [draft, setDraft] = useState<Draft>(() => draftFor(isOwn));
  const [problems, setProblems] = useState<DetailProblems>(NO_PROBLEMS);
  const { checkOut, problem, setProblem } = useCheckOut();

  const needsShipping = cart.shipping_state !== 'not_needed';
  const chosen = needsShipping ? chosenOf(book, draft.savedAddressId) : null;
  const buyer: Buyer = { isOwn, needsShipping, saved: (chosen?.address as Address | undefined) ?? null };
  const place = usePlaceAfterTyping(placeOf(draft, buyer));

  const change = useCallback((changed: Partial<Draft> = {}) => {
    setDraft((before) => {
      const next = { ...before, ...typedIn(form.current), ...changed };
      keepDraft(next);
      return next;
    });
  }, []);

  // The country that the form proposes is one that prices can be asked for.
  useEffect(() => change(), [change]);

  useEffect(() => {
    if (problems !== NO_PROBLEMS) focusFirstInvalid(form.current);
  }, [problems]);

  const refuse = (refused: ApiProblem | null) => setProblems((refused && refusedIn(refused, words)) ?? NO_PROBLEMS);
  const { run: submit, isRunning } = useOnce(async (agreed: Partial<NewCheckout> = {}) => {
    const now = { ...draft, ...typedIn(form.current) };
    setProblem(null);
    const missing = missingIn(now, buyer, words, site?.countries ?? []);
    setProblems(missing ?? NO_PROBLEMS);
    if (missing) return;
    refuse(await checkOut({ ...wishOf(now, buyer), ...agreed }, { ...now, isToBeSaved: now.isToBeSaved && !chosen }));
  });
  const savedId = chosen?.id ?? null;
  return { form, draft, needsShipping, savedId, change, place, submit, isRunning, problem, problems };
}

/** The chosen entry; before anything is chosen, the default for deliveries. */
function chosenOf(book: readonly SavedAddress[], id: string | null): SavedAddress | null {
  if (id === 'new') return null;
  return book.find((one) => one.id === id) ?? book.find((one) => one.is_default_shipping) ?? book[0] ?? null;
}

function draftFor(isOwn: boolean): Draft {
  const kept = readDraft();
  return kept.isOwn && !isOwn ? EMPTY_DRAFT : { ...kept, isOwn };
}

/** What stands in the fields that are on the page. */
function typedIn(form: HTMLFormElement | null): Partial<Draft> {
  if (!form) return {};
  const email = form.elements.namedItem('email');
  const isThere = (prefix: string) => form.elements.namedItem(`${prefix}country`) !== null;
  return {
    ...(email instanceof HTMLInputElement ? { email: email.value } : {}),
    ...(isThere('shipping_') ? { shipping: readAddress(form, 'shipping_') } : {}),
    ...(isThere('billing_') ? { billing: readAddress(form, 'billing_') } : {}),
  };
}
