import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { Dialog } from '@sharestack/ui/Dialog.tsx';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { focusHeading } from '../components/focusHeading.ts';
import { BOOKMARKS_KEY } from '../queries.ts';
import { dropFolder } from './folderCache.ts';
import { type BookmarkFolder, deleteFolder } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

/** What was in it stays: the question says so. */
export function DeleteFolder({ folder, onClose }: { folder: BookmarkFolder; onClose: () => void }) {
  const t = useTexts(bookmarksTexts);
  const api = useApi();
  const queryClient = useQueryClient();
  const navigate = useNavigate();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      deleteFolder(api, folder.id).catch((failure: unknown) => {
        // It is gone already: a former answer was lost, or another tab was faster.
        if (!asProblem(failure).isMissing) throw failure;
      }),
    onSuccess: async () => {
      await navigate({ to: '/account/bookmarks', search: {} });
      dropFolder(queryClient, api, folder.id);
      onClose();
      queryClient.removeQueries({ queryKey: [...BOOKMARKS_KEY, folder.id] });
      await queryClient.invalidateQueries({ queryKey: BOOKMARKS_KEY });
      focusHeading();
    },
  });
  return (
    <Dialog title={t.deleteSure(folder.name)} onClose={onClose}>
      <p>{t.deleteBody}</p>
      <div className="mt-5 flex flex-wrap gap-3">
        <Button kind="danger" busy={isPending} onClick={() => mutate()}>
          {t.delete}
        </Button>
        <Button kind="secondary" onClick={onClose}>
          {t.cancel}
        </Button>
      </div>
      <ProblemNote error={error} words={t.problems} />
    </Dialog>
  );
}
