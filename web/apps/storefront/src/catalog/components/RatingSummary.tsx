import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Stars } from '@sharestack/ui/Stars.tsx';
import { Link } from '@tanstack/react-router';
import type { ReviewPage } from '../queries.ts';
import type { ProductSearch } from '../reviewSearch.ts';
import { texts } from '../texts.ts';

/** The average, and how many gave how many stars; each row shows those reviews only. */
export function RatingSummary({ summary, search }: { summary: ReviewPage['summary']; search: ProductSearch }) {
  const t = useTexts(texts);
  const { rating_average: average, rating_count: count } = summary;
  const histogram = summary.histogram as Record<string, number>;
  if (average === null || count === 0) return null;
  return (
    <div>
      <p className="flex items-center gap-3">
        <span className="font-display text-4xl tabular-nums">{average.toFixed(1)}</span>
        <span>
          <Stars value={average} className="h-5" />
          <span className="block text-sm text-muted">{t.reviewCount(count)}</span>
        </span>
      </p>
      <ul className="mt-4">
        {['5', '4', '3', '2', '1'].map((stars) => {
          const share = Math.round(((histogram[stars] ?? 0) / count) * 100);
          const isChosen = search.stars === stars;
          const { stars: _, after: __, ...rest } = search;
          return (
            <li key={stars}>
              <Link
                to="."
                activeOptions={{ exact: true }}
                search={(isChosen ? rest : { ...rest, stars }) as never}
                resetScroll={false}
                rel="nofollow"
                aria-current={isChosen ? 'true' : undefined}
                className="flex min-h-8 items-center gap-3 text-sm hover:text-brand [&[aria-current]]:font-semibold"
              >
                <span className="sr-only">{t.starShare(stars, histogram[stars] ?? 0)}</span>
                <span aria-hidden="true" className="w-8 shrink-0 tabular-nums">
                  {stars} ★
                </span>
                <span className="h-2 grow overflow-hidden rounded-full bg-sunken">
                  <span className="block h-full rounded-full bg-star" style={{ width: `${share}%` }} />
                </span>
                <span aria-hidden="true" className="w-8 shrink-0 text-right text-muted tabular-nums">
                  {histogram[stars] ?? 0}
                </span>
              </Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
