import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link, useNavigate } from '@tanstack/react-router';
import { FolderPlus } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import type { BookmarkFolder } from './queries.ts';
import { bookmarksTexts } from './texts.ts';

const FolderForm = lazy(() => import('./FolderForm.tsx').then((module) => ({ default: module.FolderForm })));

const FOLDER =
  'inline-flex min-h-11 max-w-full items-center gap-2 rounded-full border border-line px-4 hover:border-control ' +
  'aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft aria-[current=page]:text-brand';

/** The folders, each at an address of its own, and the way to make one. */
export function FolderNav({ folders, shown }: { folders: readonly BookmarkFolder[]; shown: string | undefined }) {
  const t = useTexts(bookmarksTexts);
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const places = [{ id: undefined, name: t.all }, ...folders];
  return (
    <>
      <nav aria-label={t.folders}>
        <ul className="flex flex-wrap gap-2">
          {places.map(({ id, name }) => (
            <li key={id ?? ''} className="max-w-full">
              <Link
                to="/account/bookmarks"
                search={id ? { folder: id } : {}}
                resetScroll={false}
                activeProps={{}}
                aria-current={id === shown ? 'page' : undefined}
                className={FOLDER}
              >
                <bdi className="truncate">{name}</bdi>
              </Link>
            </li>
          ))}
          <li>
            <button type="button" onClick={() => setMaking(true)} className={`${FOLDER} border-dashed text-brand`}>
              <FolderPlus className="size-4" aria-hidden="true" />
              {t.newFolder}
            </button>
          </li>
        </ul>
      </nav>
      {isMaking && (
        <Suspense>
          <FolderForm
            folder={null}
            onDone={({ id }) => {
              setMaking(false);
              void navigate({ to: '/account/bookmarks', search: { folder: id } });
            }}
            onClose={() => setMaking(false)}
          />
        </Suspense>
      )}
    </>
  );
}
