import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Counters, countersQuery, healthQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What can be gone to: the list behind a counter, where there is a room for it. */
const LISTS: Partial<
  Record<
    keyof Counters,
    {
      to:
        | '/orders'
        | '/inventory'
        | '/reports'
        | '/appeals'
        | '/errors'
        | '/returns'
        | '/disputes'
        | '/fraud'
        | '/reconciliation';
      search: Record<string, string>;
    }
  >
> = {
  orders_to_ship: { to: '/orders', search: { status: 'paid' } },
  variants_low_in_stock: { to: '/inventory', search: { stock: 'low' } },
  returns_to_decide: { to: '/returns', search: { status: 'requested' } },
  disputes_to_answer: { to: '/disputes', search: {} },
  payments_to_review: { to: '/fraud', search: { held: 'true' } },
  reconciliation_differences: { to: '/reconciliation', search: {} },
  open_cases: { to: '/reports', search: {} },
  open_appeals: { to: '/appeals', search: {} },
  open_errors: { to: '/errors', search: {} },
};

const CARD = 'flex h-full min-h-24 flex-col justify-between rounded-card border border-line bg-surface p-4';
const MOST = 99;

/** What waits for this person; a counter that they may not see is not there. */
export function WaitingList() {
  const t = useTexts(texts);
  const { data, error, refetch } = useQuery(countersQuery(useApi()));
  return (
    <section aria-labelledby="waiting">
      <h2 id="waiting" className="sr-only">
        {t.toDo}
      </h2>
      {error && !data ? (
        <p role="alert" className="flex flex-wrap items-center gap-3 text-danger">
          {t.failed}
          <button type="button" className="min-h-11 underline underline-offset-4" onClick={() => void refetch()}>
            {t.again}
          </button>
        </p>
      ) : (
        <ul className="grid grid-cols-2 gap-3 sm:grid-cols-3 xl:grid-cols-5">
          {data ? seen(data).map(([name, count]) => <Waiting key={name} name={name} count={count} />) : <Loading />}
        </ul>
      )}
    </section>
  );
}

const seen = (counters: Counters) =>
  (Object.entries(counters) as [keyof Counters, number | null][]).filter(
    (entry): entry is [keyof Counters, number] => entry[1] !== null,
  );

function Waiting({ name, count }: { name: keyof Counters; count: number }) {
  const t = useTexts(texts);
  const list = LISTS[name];
  const shown = (
    <>
      <span className="text-sm text-muted">{t.waiting[name]}</span>
      <span className={`mt-1 font-display text-3xl tabular-nums ${count === 0 ? 'text-muted' : ''}`}>
        {count > MOST ? `${MOST}+` : count}
      </span>
    </>
  );
  return (
    <li>
      {list ? (
        <Link to={list.to} search={list.search} className={`${CARD} hover:border-control`}>
          {shown}
        </Link>
      ) : (
        <p className={CARD}>{shown}</p>
      )}
    </li>
  );
}

const Loading = () =>
  ['a', 'b', 'c', 'd', 'e'].map((key) => (
    <li key={key}>
      <Skeleton className="h-24" />
    </li>
  ));

/** Whether database, bus, storage and counters answer. */
export function Health(): ReactNode {
  const t = useTexts(texts);
  const { data } = useQuery(healthQuery(useApi()));
  if (!data) return null;
  return (
    <p role="status" className="inline-flex items-center gap-2 text-sm text-muted">
      <span className={`size-2 rounded-full ${data === 'ready' ? 'bg-brand' : 'bg-danger'}`} aria-hidden="true" />
      {data === 'ready' ? t.healthy : t.unhealthy}
    </p>
  );
}
