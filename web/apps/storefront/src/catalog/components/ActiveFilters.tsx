import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { filtersOf, withFilter, withoutFilters } from '../listing.ts';
import type { ListSearch } from '../listSearch.ts';
import { texts } from '../texts.ts';

const CHIP =
  'inline-flex min-h-9 items-center gap-1.5 rounded-full bg-brand-soft px-3.5 text-sm text-ink hover:bg-line';

/** The filters that are set, each with a way out of it. */
export function ActiveFilters({ search }: { search: ListSearch }) {
  const t = useTexts(texts);
  const names = filtersOf(search);
  if (names.length === 0) return null;
  const label = (name: keyof ListSearch) => t.activeFilter(String(name), String(search[name]));
  return (
    <ul className="flex flex-wrap gap-2" aria-label={t.activeFilters}>
      {names.map((name) => (
        <li key={String(name)}>
          <Link
            to="."
            activeOptions={{ exact: true }}
            search={withFilter(search, { [name]: undefined }) as never}
            resetScroll={false}
            className={CHIP}
          >
            <span className="sr-only">{t.removeFilter} </span>
            {label(name)}
            <X className="size-3.5" aria-hidden="true" />
          </Link>
        </li>
      ))}
      {names.length > 1 && (
        <li>
          <Link
            to="."
            activeOptions={{ exact: true }}
            search={withoutFilters(search) as never}
            resetScroll={false}
            className="inline-flex min-h-9 items-center px-2 text-sm text-brand underline-offset-4 hover:underline"
          >
            {t.clearFilters}
          </Link>
        </li>
      )}
    </ul>
  );
}
