import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import type { OrdersSearch } from '../search.ts';
import { texts } from '../texts.ts';

const LINK =
  'inline-flex min-h-11 items-center rounded-control px-4 text-sm text-muted hover:text-ink sm:min-h-9 ' +
  'aria-[current=page]:bg-sunken aria-[current=page]:font-medium aria-[current=page]:text-ink';

/** The same orders as a list, or as a board; the filters stay. */
export function ViewChoice({ search: { view, ...search } }: { search: OrdersSearch }) {
  const t = useTexts(texts);
  return (
    <nav aria-label={t.views} className="flex rounded-control border border-line">
      <Link to="/orders" search={search} aria-current={view ? undefined : 'page'} className={LINK}>
        {t.list}
      </Link>
      <Link
        to="/orders"
        search={{ ...search, view: 'board' }}
        aria-current={view ? 'page' : undefined}
        className={LINK}
      >
        {t.board}
      </Link>
    </nav>
  );
}
