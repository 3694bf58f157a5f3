import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { lazy, Suspense, useEffect } from 'react';
import { ProblemNote } from '../acting/ProblemNote.tsx';
import { FolderNav } from '../bookmarks/FolderNav.tsx';
import { FolderTools } from '../bookmarks/FolderTools.tsx';
import { type BookmarkFolder, bookmarksQuery, foldersQuery } from '../bookmarks/queries.ts';
import type { BookmarksSearch } from '../bookmarks/search.ts';
import { bookmarksTexts } from '../bookmarks/texts.ts';

const route = getRouteApi('/account/bookmarks');

// Posts come with what is done to them: their files are loaded while the list is.
const loadRow = () => import('../bookmarks/BookmarkRow.tsx');
const BookmarkRow = lazy(() => loadRow().then((module) => ({ default: module.BookmarkRow })));

/** Posts that somebody keeps for later: all of them, or those of a folder. */
export function BookmarksPage() {
  const t = useTexts(bookmarksTexts);
  const { folder }: BookmarksSearch = route.useSearch();
  const { data, error } = useQuery(foldersQuery(useApi()));
  const folders = data?.items ?? [];
  const open = folders.find(({ id }) => id === folder);
  return (
    <>
      <PageHead title={open?.name ?? t.bookmarks} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.bookmarks}
      </h1>
      <p className="mt-1 mb-6 text-muted">{t.about}</p>
      {data ? <FolderNav folders={folders} shown={folder} /> : !error && <Skeleton className="h-11" />}
      <ProblemNote error={error} />
      {open && <FolderTools key={open.id} folder={open} />}
      <div className="mt-5">
        <Bookmarks key={folder ?? ''} folder={folder} folders={folders} />
      </div>
    </>
  );
}

function Bookmarks({ folder, folders }: { folder: string | undefined; folders: readonly BookmarkFolder[] }) {
  const list = useGrowingList(bookmarksQuery(useApi(), folder ?? null));
  useEffect(() => void loadRow().catch(() => undefined), []);
  if (list.problem?.code === 'folder_not_found') return <Gone />;
  return (
    <Suspense fallback={<Skeleton className="h-72" />}>
      <MoreList {...list} empty={<Empty isFolder={folder !== undefined} />}>
        {(bookmark) => <BookmarkRow key={bookmark.post.id} bookmark={bookmark} folders={folders} />}
      </MoreList>
    </Suspense>
  );
}

function Empty({ isFolder }: { isFolder: boolean }) {
  const t = useTexts(bookmarksTexts);
  if (isFolder) {
    return (
      <EmptyState title={t.emptyFolder} body={t.emptyFolderBody}>
        <ToAll />
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t.empty} body={t.emptyBody}>
      <Link to="/feed" search={{ tab: 'all' }} className={buttonClass('secondary')}>
        {t.toFeed}
      </Link>
    </EmptyState>
  );
}

/** The address of a folder that was deleted, or that is another person's; both look the same. */
function Gone() {
  const t = useTexts(bookmarksTexts);
  return (
    <EmptyState title={t.goneFolder} body={t.goneFolderBody}>
      <ToAll />
    </EmptyState>
  );
}

function ToAll() {
  const t = useTexts(bookmarksTexts);
  return (
    <Link to="/account/bookmarks" search={{}} className={buttonClass('secondary')}>
      {t.toAll}
    </Link>
  );
}
