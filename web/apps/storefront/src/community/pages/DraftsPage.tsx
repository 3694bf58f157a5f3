import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { DraftRow } from '../composing/DraftRow.tsx';
import { draftsQuery } from '../composing/queries.ts';
import { composingTexts } from '../composing/texts.ts';

/** What somebody has written and not published yet. */
export function DraftsPage() {
  const t = useTexts(composingTexts);
  const list = useGrowingList(draftsQuery(useApi()));
  const write = (
    <Link to="/compose" className={buttonClass('secondary')}>
      {t.write}
    </Link>
  );
  return (
    <>
      <PageHead title={t.drafts} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.drafts}
      </h1>
      <p className="mt-1 mb-6 text-muted">{t.draftsAbout}</p>
      <MoreList
        {...list}
        empty={
          <EmptyState title={t.noDrafts} body={t.noDraftsBody}>
            {write}
          </EmptyState>
        }
      >
        {(draft) => <DraftRow key={draft.id} draft={draft} />}
      </MoreList>
    </>
  );
}
