import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import type { QueryClient } from '@tanstack/react-query';
import { BOOK_KEY, LIST_KEY, type SavedAddress } from '../queries.ts';

export type NewSavedAddress = Schemas['NewSavedAddress'];

/** `key` is the same however often the same is sent. */
export const saveAddress = (api: Api, body: NewSavedAddress, key: string) =>
  take(api.POST('/api/v1/users/me/addresses', { params: { header: { 'Idempotency-Key': key } }, body }));

/** Refused with 409 where the entry is no longer at `version`. */
export const replaceAddress = (api: Api, id: string, body: NewSavedAddress & { version: number }) =>
  take(api.PUT('/api/v1/users/me/addresses/{address_id}', { params: { path: { address_id: id } }, body }));

export const deleteAddress = (api: Api, id: string) =>
  take(api.DELETE('/api/v1/users/me/addresses/{address_id}', { params: { path: { address_id: id } } }));

/** An entry as it was answered; the defaults of the others are asked for again. */
export function keepAddress(queryClient: QueryClient, saved: SavedAddress): Promise<void> {
  queryClient.setQueryData<SavedAddress[]>(LIST_KEY, (entries) =>
    entries ? [saved, ...entries.filter(({ id }) => id !== saved.id)] : undefined,
  );
  return queryClient.invalidateQueries({ queryKey: BOOK_KEY });
}

export function dropAddress(queryClient: QueryClient, id: string): Promise<void> {
  queryClient.setQueryData<SavedAddress[]>(LIST_KEY, (entries) => entries?.filter((entry) => entry.id !== id));
  return queryClient.invalidateQueries({ queryKey: BOOK_KEY });
}
