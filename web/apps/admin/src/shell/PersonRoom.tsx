import { Can } from '@sharestack/session/context.tsx';
import { useParams } from '@tanstack/react-router';
import { LatestReviews } from '../catalog/reviews/components/LatestReviews.tsx';
import { PersonPage } from '../identity/pages/PersonPage.tsx';
import { LatestOrders } from '../ordering/customer/components/LatestOrders.tsx';
import { LatestReturns } from '../ordering/customer/components/LatestReturns.tsx';
import { TotalsCard } from '../ordering/customer/components/TotalsCard.tsx';
import { LatestPayments } from '../payments/components/LatestPayments.tsx';

/** A person with what they bought, paid, sent back and wrote, as far as who looks may see it. */
export function PersonRoom() {
  const { id } = useParams({ from: '/customers/$id' });
  return (
    <PersonPage>
      <Can permission="orders:read_all">
        <TotalsCard userId={id} />
        <LatestOrders userId={id} />
      </Can>
      <Can permission="payments:read_all">
        <LatestPayments userId={id} />
      </Can>
      <Can permission="orders:read_all">
        <LatestReturns userId={id} />
      </Can>
      <Can permission="reviews:moderate">
        <LatestReviews userId={id} />
      </Can>
    </PersonPage>
  );
}
