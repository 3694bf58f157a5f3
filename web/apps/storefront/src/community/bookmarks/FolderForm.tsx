import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { TextField } from '@sharestack/ui/TextField.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { keepFolder } from './folderCache.ts';
import { type BookmarkFolder, createFolder, renameFolder } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

export const MOST_CHARACTERS = 60;

interface Props {
  /** The folder that is renamed; null makes one. */
  folder: BookmarkFolder | null;
  onDone: (folder: BookmarkFolder) => void;
  onClose: () => void;
}

/** The name of a folder. */
export function FolderForm({ folder, onDone, onClose }: Props) {
  const t = useTexts(bookmarksTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const [isMissing, setMissing] = useState(false);
  const { mutate, isPending, error } = useMutation({
    mutationFn: (name: string) => (folder ? renameFolder(api, folder.id, name) : createFolder(api, name)),
    onSuccess: (now) => {
      keepFolder(queryClient, api, now);
      onDone(now);
    },
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    setMissing(name === '');
    if (name && !isPending) mutate(name);
  };
  return (
    <Dialog title={folder ? t.renameFolder : t.newFolder} onClose={onClose}>
      <form onSubmit={submit} noValidate>
        <TextField
          label={t.name}
          name="name"
          dir="auto"
          autoComplete="off"
          maxLength={MOST_CHARACTERS}
          defaultValue={folder?.name ?? ''}
          problem={isMissing ? t.nameMissing : null}
        />
        <ProblemNote error={error} words={t.problems} />
        <div className="mt-4 flex flex-wrap gap-3">
          <Button type="submit" busy={isPending}>
            {t.save}
          </Button>
          <Button kind="secondary" onClick={onClose}>
            {t.cancel}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
