import type { Api } from '@sharestack/api/client.ts';
import type { QueryClient } from '@tanstack/react-query';
import { type BookmarkFolder, foldersQuery } from './queries.ts';

/** A folder that was made or renamed, at its place in the list that is held: the newest stand first. */
export function keepFolder(queryClient: QueryClient, api: Api, folder: BookmarkFolder): void {
  queryClient.setQueryData(foldersQuery(api).queryKey, (held) => {
    if (!held) return held;
    const isHeld = held.items.some(({ id }) => id === folder.id);
    const items = isHeld ? held.items.map((one) => (one.id === folder.id ? folder : one)) : [folder, ...held.items];
    return { ...held, items };
  });
}

export function dropFolder(queryClient: QueryClient, api: Api, id: string): void {
  queryClient.setQueryData(
    foldersQuery(api).queryKey,
    (held) => held && { ...held, items: held.items.filter((one) => one.id !== id) },
  );
}
