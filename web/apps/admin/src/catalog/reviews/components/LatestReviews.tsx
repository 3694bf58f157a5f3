import { useApi } from '@sharestack/api/context.tsx';
import { Mark } from '@sharestack/console/Mark.tsx';
import { ShortList } from '@sharestack/console/ShortList.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Stars } from '@sharestack/ui/Stars.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { latestReviewsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What somebody wrote about products last. */
export function LatestReviews({ userId }: { userId: string }) {
  const t = useTexts(texts);
  return (
    <ShortList
      title={t.title}
      none={t.noneOfAuthor}
      all={
        <Link to="/reviews" search={{ customer: userId }} className="text-sm text-brand underline underline-offset-4">
          {t.allOfAuthor}
        </Link>
      }
      query={useQuery(latestReviewsQuery(useApi(), userId))}
      keyOf={({ id }) => id}
    >
      {(review) => (
        <>
          <bdi className="min-w-0 grow truncate">
            {review.product_name}
            {review.title && <span className="text-muted"> · {review.title}</span>}
          </bdi>
          <Stars value={review.rating} />
          {review.status === 'hidden' && <Mark tone="bad">{t.states.hidden}</Mark>}
        </>
      )}
    </ShortList>
  );
}
