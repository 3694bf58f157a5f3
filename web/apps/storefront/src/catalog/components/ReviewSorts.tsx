import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { DEFAULT_REVIEW_SORT, type ProductSearch, REVIEW_SORTS } from '../reviewSearch.ts';
import { texts } from '../texts.ts';

export function ReviewSorts({ search }: { search: ProductSearch }) {
  const t = useTexts(texts);
  const { reviews = DEFAULT_REVIEW_SORT, after: _, ...rest } = search;
  return (
    <ul aria-label={t.sort} className="mb-4 flex flex-wrap gap-x-5 text-sm">
      {REVIEW_SORTS.map((sort) => (
        <li key={sort}>
          <Link
            to="."
            activeOptions={{ exact: true }}
            search={(sort === DEFAULT_REVIEW_SORT ? rest : { ...rest, reviews: sort }) as never}
            resetScroll={false}
            rel="nofollow"
            aria-current={sort === reviews ? 'true' : undefined}
            className="inline-flex min-h-9 items-center text-muted underline-offset-8 hover:text-ink [&[aria-current]]:text-ink [&[aria-current]]:underline"
          >
            {t.reviewSorts[sort]}
          </Link>
        </li>
      ))}
    </ul>
  );
}
