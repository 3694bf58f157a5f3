import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { listTexts } from '../listTexts.ts';
import { LISTED_STATUSES } from '../search.ts';

const PILL =
  'inline-flex min-h-11 items-center rounded-full border border-line px-4 text-sm whitespace-nowrap ' +
  'hover:border-control aria-[current=page]:border-brand aria-[current=page]:bg-brand-soft ' +
  'aria-[current=page]:font-medium aria-[current=page]:text-brand';

/** Links, because what a list is narrowed by is in its address. */
export function StatusFilter() {
  const t = useTexts(listTexts);
  return (
    <nav aria-label={t.filter} className="mt-5 -mx-4 overflow-x-auto px-4 [scrollbar-width:none] sm:mx-0 sm:px-0">
      <ul className="flex gap-2 sm:flex-wrap">
        {[undefined, ...LISTED_STATUSES].map((status) => (
          <li key={status ?? 'all'}>
            <Link
              to="/account/orders"
              search={status ? { status } : {}}
              replace
              resetScroll={false}
              activeOptions={{ exact: true, includeSearch: true }}
              className={PILL}
            >
              {status ? t.filters[status] : t.all}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
