import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { reviewsQuery } from '../queries.ts';
import type { ProductSearch } from '../reviewSearch.ts';
import { texts } from '../texts.ts';
import { RatingSummary } from './RatingSummary.tsx';
import { ReviewItem } from './ReviewItem.tsx';
import { ReviewSorts } from './ReviewSorts.tsx';
import { WriteReview } from './WriteReview.tsx';

interface Props {
  slug: string;
  search: ProductSearch;
}

export function Reviews({ slug, search }: Props) {
  const t = useTexts(texts);
  const query = reviewsQuery(useApi(), slug, search);
  const { data, error, refetch } = useQuery({ ...query, placeholderData: keepPreviousData });
  return (
    <section id="reviews" aria-labelledby="reviews-title" className="mt-20 border-t border-line pt-10">
      <h2 id="reviews-title" className="font-display text-2xl">
        {t.reviews}
      </h2>
      {data ? (
        <div className="mt-6 grid gap-10 md:grid-cols-[16rem_1fr] lg:gap-16">
          <div>
            <RatingSummary summary={data.summary} search={search} />
            <WriteReview slug={slug} />
          </div>
          <div>
            {data.summary.rating_count > 1 && <ReviewSorts search={search} />}
            {data.items.length === 0 && (
              <p className="text-muted">{data.summary.rating_count === 0 ? t.noReviews : t.noSuchReviews}</p>
            )}
            <ul className="divide-y divide-line">
              {data.items.map((review) => (
                <ReviewItem key={review.id} review={review} queryKey={query.queryKey} />
              ))}
            </ul>
            {data.next_cursor && (
              <Link
                to="."
                search={{ ...search, after: data.next_cursor } as never}
                hash="reviews"
                rel="next"
                className={buttonClass('secondary', 'mt-6')}
              >
                {t.moreReviews}
              </Link>
            )}
          </div>
        </div>
      ) : error ? (
        <div className="mt-6">
          <ErrorState
            correlationId={asProblem(error).correlationId}
            isOffline={asProblem(error).status === 0}
            onRetry={() => void refetch()}
          />
        </div>
      ) : (
        <Skeleton className="mt-6 h-48" />
      )}
    </section>
  );
}
