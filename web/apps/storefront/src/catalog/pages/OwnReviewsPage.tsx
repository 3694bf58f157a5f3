import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { OwnReviewRow } from '../reviewing/OwnReviewRow.tsx';
import { ownReviewsQuery } from '../reviewing/queries.ts';
import { reviewTexts } from '../reviewing/texts.ts';

export function OwnReviewsPage() {
  const t = useTexts(reviewTexts);
  const { status } = useSessionState();
  const list = useGrowingList(ownReviewsQuery(useApi()), status === 'signed-in');
  return (
    <>
      <PageHead title={t.ownTitle} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {t.ownTitle}
      </h1>
      <p className="mt-1 max-w-prose text-muted">{t.ownLead}</p>
      <div className="mt-6">
        <MoreList
          {...list}
          empty={
            <EmptyState title={t.noneTitle} body={t.noneBody}>
              <Link to="/account/orders" className={buttonClass()}>
                {t.toOrders}
              </Link>
            </EmptyState>
          }
        >
          {(review) => <OwnReviewRow key={review.id} review={review} />}
        </MoreList>
      </div>
    </>
  );
}
