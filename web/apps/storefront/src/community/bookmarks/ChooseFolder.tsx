import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { withBookmark } from '../acting/states.ts';
import { changePost, placeBookmark } from '../postCache.ts';
import { BOOKMARKS_KEY } from '../queries.ts';
import { MOST_CHARACTERS } from './FolderForm.tsx';
import { keepFolder } from './folderCache.ts';
import { createFolder, foldersQuery, putBookmark } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

interface Props {
  postId: string;
  /** Called with what was done, in words. */
  onDone: (note: string) => void;
  onClose: () => void;
}

/** Keeps a post in a folder: one that is there, or one that is made on the way. */
export function ChooseFolder({ postId, onDone, onClose }: Props) {
  const t = useTexts(bookmarksTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const folders = useQuery(foldersQuery(api));
  const [chosen, setChosen] = useState('');
  const [name, setName] = useState('');
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      let folderId = chosen || null;
      if (name.trim()) {
        const folder = await createFolder(api, name.trim());
        keepFolder(queryClient, api, folder);
        // Where the second call fails, another press finds the folder chosen, and makes no second one.
        setName('');
        setChosen(folder.id);
        folderId = folder.id;
      }
      return putBookmark(api, postId, folderId);
    },
    onSuccess: ({ folder_id: folderId }) => {
      changePost(queryClient, postId, (post) => withBookmark(post, true));
      placeBookmark(queryClient, postId, folderId);
      void queryClient.invalidateQueries({ queryKey: BOOKMARKS_KEY });
      const held = queryClient.getQueryData(foldersQuery(api).queryKey)?.items;
      onDone(t.saved(held?.find(({ id }) => id === folderId)?.name ?? null));
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!isPending) mutate();
  };
  const places = [{ id: '', name: t.noFolder }, ...(folders.data?.items ?? [])];
  return (
    <Dialog title={t.saveInTitle} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <fieldset className="max-h-72 overflow-y-auto">
          <legend className="sr-only">{t.folders}</legend>
          {places.map(({ id, name: label }) => (
            <label key={id} className="flex min-h-11 items-center gap-3">
              <input
                type="radio"
                name="folder"
                checked={chosen === id}
                onChange={() => setChosen(id)}
                className="size-5 shrink-0 accent-brand"
              />
              <bdi className="min-w-0 break-words">{label}</bdi>
            </label>
          ))}
        </fieldset>
        {folders.isPending && (
          <div role="status">
            <p className="sr-only">{t.loading}</p>
            <Skeleton className="h-11" />
          </div>
        )}
        <TextField
          className="mt-3"
          label={t.orNew}
          dir="auto"
          autoComplete="off"
          maxLength={MOST_CHARACTERS}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <ProblemNote error={error ?? folders.error} words={t.problems} />
        <Button type="submit" busy={isPending} className="mt-4">
          {t.save}
        </Button>
      </form>
    </Dialog>
  );
}
