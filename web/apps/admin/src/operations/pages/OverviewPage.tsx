import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Can } from '@sharestack/session/context.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { LatestOrders } from '../components/LatestOrders.tsx';
import { Sales } from '../components/Sales.tsx';
import { WaitingList } from '../components/WaitingList.tsx';
import { texts } from '../texts.ts';

/** What waits, how it goes, what came last: each part to who may see it. */
export function OverviewPage() {
  const t = useTexts(texts);
  return (
    <div className="max-w-6xl space-y-10">
      <PageHead title={t.title} isIndexed={false} />
      <h1 className="font-display text-3xl">{t.title}</h1>
      <WaitingList />
      <Can permission="analytics:read">
        <Sales />
      </Can>
      <Can permission="orders:read_all">
        <LatestOrders />
      </Can>
    </div>
  );
}
