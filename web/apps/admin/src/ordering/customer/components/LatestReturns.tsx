import { useApi } from '@sharestack/api/context.tsx';
import { ShortList } from '@sharestack/console/ShortList.tsx';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Moment } from '@sharestack/ui/Moment.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ReturnMark } from '../../returns/components/ReturnMark.tsx';
import { latestReturnsQuery } from '../queries.ts';
import { texts } from '../texts.ts';

/** What somebody wanted to send back last. */
export function LatestReturns({ userId }: { userId: string }) {
  const t = useTexts(texts);
  return (
    <ShortList
      title={t.returns}
      none={t.noReturns}
      all={
        <Link to="/returns" search={{ customer: userId }} className="text-sm text-brand underline underline-offset-4">
          {t.allReturns}
        </Link>
      }
      query={useQuery(latestReturnsQuery(useApi(), userId))}
      keyOf={({ id }) => id}
    >
      {(one) => (
        <>
          <Link to="/returns/$id" params={{ id: one.id }} className="font-medium hover:underline">
            {one.order_number}
          </Link>
          <Moment instant={one.created_at} precision="day" className="text-muted" />
          <ReturnMark status={one.status} />
        </>
      )}
    </ShortList>
  );
}
