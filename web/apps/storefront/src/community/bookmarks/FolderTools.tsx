import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { lazy, Suspense, useState } from 'react';
import type { BookmarkFolder } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

const DeleteFolder = lazy(() => import('./DeleteFolder.tsx').then((module) => ({ default: module.DeleteFolder })));
const FolderForm = lazy(() => import('./FolderForm.tsx').then((module) => ({ default: module.FolderForm })));

/** The name of the folder that is open, and what is done with it as a whole. */
export function FolderTools({ folder }: { folder: BookmarkFolder }) {
  const t = useTexts(bookmarksTexts);
  const [open, setOpen] = useState<'name' | 'delete' | null>(null);
  const close = () => setOpen(null);
  return (
    <div className="mt-5 flex flex-wrap items-center gap-x-3 gap-y-1">
      <h2 dir="auto" className="min-w-0 grow font-display text-xl break-words">
        {folder.name}
      </h2>
      <Button kind="quiet" onClick={() => setOpen('name')}>
        {t.rename}
      </Button>
      <Button kind="quiet" onClick={() => setOpen('delete')}>
        {t.delete}
      </Button>
      <Suspense>
        {open === 'name' && <FolderForm folder={folder} onDone={close} onClose={close} />}
        {open === 'delete' && <DeleteFolder folder={folder} onClose={close} />}
      </Suspense>
    </div>
  );
}
