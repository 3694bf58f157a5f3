import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { siteQuery } from '@sharestack/api/site.ts';
import { useRequestKey } from '@sharestack/api/useRequestKey.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import {
  type AddressProblems,
  addressProblems,
  focusFirstInvalid,
  missingFields,
  readAddress,
} from '../addressFields.ts';
import { keepAddress, type NewSavedAddress, replaceAddress, saveAddress } from './editing/queries.ts';
import { addressesQuery, type SavedAddress } from './queries.ts';
import { addressTexts } from './texts.ts';

/** What was written, beside what is there now: null where the entry was deleted. */
export interface Conflict {
  mine: NewSavedAddress;
  theirs: SavedAddress | null;
}

/** A form that adds an entry, or changes `entry` as it was when the form was opened, whatever arrives later. */
export function useAddressEditor(entry: SavedAddress | null, onSaved: () => void) {
  const t = useTexts(addressTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const keyOf = useRequestKey();
  const form = useRef<HTMLFormElement>(null);
  // A second press comes before the first one's render, and when it is saved already, before the next page.
  const isSending = useRef(false);
  const [base, setBase] = useState(entry);
  const [problems, setProblems] = useState<AddressProblems>({});
  const [conflict, setConflict] = useState<Conflict | null>(null);

  const save = useMutation({
    mutationFn: ({ mine, over }: { mine: NewSavedAddress; over: SavedAddress | null }) =>
      over ? replaceAddress(api, over.id, { ...mine, version: over.version }) : saveAddress(api, mine, keyOf(mine)),
    onSuccess: (saved) => {
      void keepAddress(queryClient, saved);
      onSaved();
    },
    onError: async (error, { mine }) => {
      isSending.current = false;
      const problem = asProblem(error);
      setProblems(addressProblems(t, problem, 'address'));
      if (problem.code !== 'version_conflict' && problem.code !== 'address_not_found') return;
      const entries = await queryClient.fetchQuery(addressesQuery(api)).catch(() => null);
      if (entries) setConflict({ mine, theirs: entries.find(({ id }) => id === base?.id) ?? null });
    },
  });

  useEffect(() => {
    if (Object.keys(problems).length > 0) focusFirstInvalid(form.current);
  }, [problems]);

  const send = (mine: NewSavedAddress, over: SavedAddress | null) => {
    if (isSending.current) return;
    isSending.current = true;
    save.mutate({ mine, over });
  };

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const mine = read(event.currentTarget);
    const countries = queryClient.getQueryData(siteQuery(api).queryKey)?.countries;
    const missing = missingFields(
      t,
      mine.address,
      countries?.find(({ code }) => code === mine.address.country),
    );
    setProblems(missing);
    if (Object.keys(missing).length === 0) send(mine, base);
  };

  /** What was written goes over what is there now, or becomes an entry of its own where there is nothing any more. */
  const keepMine = () => {
    if (!conflict) return;
    setBase(conflict.theirs);
    setConflict(null);
    send(conflict.mine, conflict.theirs);
  };

  return { form, submit, save, problems, conflict, closeConflict: () => setConflict(null), keepMine };
}

function read(form: HTMLFormElement): NewSavedAddress {
  const data = new FormData(form);
  const label = String(data.get('label') ?? '').trim();
  return {
    label: label || null,
    address: readAddress(form),
    is_default_shipping: data.has('is_default_shipping'),
    is_default_billing: data.has('is_default_billing'),
  };
}
