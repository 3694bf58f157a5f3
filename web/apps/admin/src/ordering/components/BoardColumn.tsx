import { useApi } from '@sharestack/api/context.tsx';
import { Loaded } from '@sharestack/console/Loaded.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useId, useRef } from 'react';
import { columnQuery } from '../queries.ts';
import type { OrdersSearch, Status } from '../search.ts';
import { texts } from '../texts.ts';
import { BoardCard } from './BoardCard.tsx';

interface Props {
  status: Status;
  search: OrdersSearch;
}

/** The orders of one state: how many, as far as that is known, and the first of them. */
export function BoardColumn({ status, search: { view, sort, status: _, ...search } }: Props) {
  const t = useTexts(texts);
  const id = useId();
  const head = useRef<HTMLHeadingElement>(null);
  const query = useQuery(columnQuery(useApi(), status, { ...search, ...(sort && { sort }) }));
  const hasMore = Boolean(query.data?.next_cursor);
  return (
    <section aria-labelledby={id} className="min-w-0 rounded-card bg-sunken p-3">
      <h2 ref={head} id={id} tabIndex={-1} className="mb-2 flex justify-between px-1 text-sm font-semibold">
        {t.statuses[status]}{' '}
        {query.data && (
          <span className="text-muted tabular-nums">
            {query.data.items.length}
            {hasMore && '+'}
          </span>
        )}
      </h2>
      <Loaded query={query} size="h-40">
        {({ items }) =>
          items.length === 0 ? (
            <p className="px-1 text-sm text-muted">{t.noneHere}</p>
          ) : (
            <ul className="space-y-2">
              {items.map((row) => (
                // Once it has moved its card is elsewhere: the focus goes to the head of what it was among.
                <BoardCard key={row.id} row={row} onMoved={() => head.current?.focus()} />
              ))}
            </ul>
          )
        }
      </Loaded>
      {hasMore && (
        <Link
          to="/orders"
          search={{ ...search, status }}
          className="mt-2 inline-flex min-h-11 items-center px-1 text-sm text-brand underline-offset-4 hover:underline sm:min-h-9"
        >
          {t.allOf(t.statuses[status])}
        </Link>
      )}
    </section>
  );
}
