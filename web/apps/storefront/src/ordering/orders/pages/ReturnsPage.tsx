import { useApi } from '@sharestack/api/context.tsx';
import { useGrowingList } from '@sharestack/api/growingList.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { MoreList } from '@sharestack/ui/MoreList.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Link } from '@tanstack/react-router';
import { ReturnRow } from '../components/ReturnRow.tsx';
import { listTexts } from '../listTexts.ts';
import { returnsQuery } from '../queries.ts';
import { orderTexts } from '../texts.ts';

/** All returns of one's own; each is shown in full with its order. */
export function ReturnsPage() {
  const t = useTexts(orderTexts);
  const own = useTexts(listTexts);
  const session = useSessionState();
  const list = useGrowingList(returnsQuery(useApi()), session.status === 'signed-in');
  return (
    <>
      <PageHead title={own.returnsTitle} isIndexed={false} />
      <h1 tabIndex={-1} className="font-display text-3xl">
        {own.returnsTitle}
      </h1>
      <p className="mt-1 text-muted">{own.returnsLead}</p>
      <div className="mt-6">
        <MoreList
          {...list}
          empty={
            <EmptyState title={own.noReturnsTitle} body={own.noReturnsBody}>
              <Link to="/account/orders" className={buttonClass()}>
                {t.myOrders}
              </Link>
            </EmptyState>
          }
        >
          {(value) => <ReturnRow key={value.id} value={value} />}
        </MoreList>
      </div>
    </>
  );
}
