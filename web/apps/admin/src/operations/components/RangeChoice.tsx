import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { DEFAULT_RANGE, RANGES } from '../search.ts';
import { texts } from '../texts.ts';

/** How many days are shown: links, so that each has an address. */
export function RangeChoice({ currency }: { currency: string | undefined }) {
  const t = useTexts(texts);
  return (
    <nav aria-label={t.range} className="flex rounded-control border border-line p-0.5 text-sm">
      {RANGES.map((range) => (
        <Link
          key={range}
          to="/"
          search={{ ...(range === DEFAULT_RANGE ? {} : { days: range }), ...(currency ? { currency } : {}) }}
          replace
          resetScroll={false}
          activeOptions={{ exact: true, includeSearch: true }}
          className="inline-flex min-h-11 items-center rounded-[4px] px-3 text-muted hover:text-ink aria-[current=page]:bg-brand-soft aria-[current=page]:text-ink sm:min-h-8"
        >
          {t.days(range)}
        </Link>
      ))}
    </nav>
  );
}
