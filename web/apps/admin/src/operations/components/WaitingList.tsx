import { useApi } from '@sharestack/api/context.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { type UseQueryOptions, useQuery } from '@tanstack/react-query';
import { lowStockQuery, returnsQuery, toShipQuery, type Waiting } from '../queries.ts';
import { texts } from '../texts.ts';

export function WaitingList() {
  const t = useTexts(texts);
  const api = useApi();
  return (
    <section aria-labelledby="to-do">
      <h2 id="to-do" className="mb-3 font-semibold">
        {t.toDo}
      </h2>
      <ul className="grid gap-4 sm:grid-cols-3">
        <Can permission="orders:read_all">
          <Count title={t.toShip} query={toShipQuery(api)} />
          <Count title={t.returns} query={returnsQuery(api)} />
        </Can>
        <Can permission="catalog:read_all">
          <Count title={t.lowStock} query={lowStockQuery(api)} />
        </Can>
      </ul>
    </section>
  );
}

// biome-ignore lint/suspicious/noExplicitAny: the keys of the queries differ, what they answer does not
function Count({ title, query }: { title: string; query: UseQueryOptions<Waiting, Error, Waiting, any> }) {
  const t = useTexts(texts);
  const { data, error } = useQuery(query);
  return (
    <li className="rounded-card border border-line bg-surface p-5">
      <p className="text-sm text-muted">{title}</p>
      {data ? (
        <p className="mt-1 font-display text-3xl tabular-nums">
          {data.count === 0 ? t.nothing : `${data.count}${data.isMore ? '+' : ''}`}
        </p>
      ) : error ? (
        <p className="mt-2 text-sm text-danger">{t.failed}</p>
      ) : (
        <Skeleton className="mt-2 h-9 w-16" />
      )}
    </li>
  );
}
