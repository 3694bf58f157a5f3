import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { useSearch } from '@tanstack/react-router';
import { BestSellers } from '../components/BestSellers.tsx';
import { LatestOrders } from '../components/LatestOrders.tsx';
import { LowStock } from '../components/LowStock.tsx';
import { Sales } from '../components/Sales.tsx';
import { Health, WaitingList } from '../components/WaitingList.tsx';
import { DEFAULT_RANGE } from '../search.ts';
import { texts } from '../texts.ts';

/** What waits, how it goes, what came last: each part to who may see it. */
export function OverviewPage() {
  const t = useTexts(texts);
  const { days = DEFAULT_RANGE, currency } = useSearch({ from: '/' });
  return (
    <div className="space-y-6">
      <PageHead title={t.title} isIndexed={false} />
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h1 tabIndex={-1} className="font-display text-3xl">
          {t.title}
        </h1>
        <Can permission="operations:read">
          <Health />
        </Can>
      </div>
      <Can permission="counters:read">
        <WaitingList />
      </Can>
      <Can permission="analytics:read">
        <Sales days={days} currency={currency} />
      </Can>
      <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-6 lg:grid-cols-[repeat(2,minmax(0,1fr))]">
        <Can permission="orders:read_all">
          <LatestOrders />
        </Can>
        <div className="grid grid-cols-[minmax(0,1fr)] gap-6">
          <Can permission="analytics:read">
            <BestSellers days={days} currency={currency} />
          </Can>
          <Can permission="catalog:read_all">
            <LowStock />
          </Can>
        </div>
      </div>
    </div>
  );
}
