import { useTexts } from '@sharestack/i18n/locale.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { ForWhoIsSignedIn } from '../groups/managing/ForWhoIsSignedIn.tsx';
import { NewGroup } from '../groups/managing/NewGroup.tsx';
import { managingTexts } from '../groups/managing/texts.ts';

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
        <NewGroup />
      </ForWhoIsSignedIn>
    </div>
  );
}
