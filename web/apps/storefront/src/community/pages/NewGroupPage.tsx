import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { lazy, Suspense } from 'react';
import { ForWhoIsSignedIn } from '../groups/managing/ForWhoIsSignedIn.tsx';
import { managingTexts } from '../groups/managing/texts.ts';

const NewGroup = lazy(() => import('../groups/managing/NewGroup.tsx').then((module) => ({ default: module.NewGroup })));

/** Where a group is made. */
export function NewGroupPage() {
  const t = useTexts(managingTexts);
  return (
    <div className="page max-w-3xl pt-6">
      <PageHead title={t.newGroup} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.newGroup}
      </h1>
      <p className="mt-1 text-muted">{t.newGroupAbout}</p>
      <ForWhoIsSignedIn why={t.signInFirst}>
        <Suspense fallback={<Skeleton className="mt-6 h-96" />}>
          <NewGroup />
        </Suspense>
      </ForWhoIsSignedIn>
    </div>
  );
}
