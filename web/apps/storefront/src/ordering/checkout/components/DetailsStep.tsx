import { useApi } from '@sharestack/api/context.tsx';
import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { useQuery } from '@tanstack/react-query';
import { Link, lazyRouteComponent } from '@tanstack/react-router';
import { useState } from 'react';
import { addressesQuery } from '../../addresses/queries.ts';
import { useCart } from '../../useCart.ts';
import { keepDraft, readDraft } from '../draft.ts';

import { texts } from '../texts.ts';
import { CheckoutSkeleton } from './CheckoutSkeleton.tsx';
import { DetailsForm } from './DetailsForm.tsx';

const SessionEnded = lazyRouteComponent(() => import('./SessionEnded.tsx'), 'SessionEnded');

/** The first part of the checkout: who buys, and where to. */
export function DetailsStep() {
  const t = useTexts(texts);
  const { status } = useSessionState();
  const { data: cart, error, refetch } = useCart();
  const [isGuest, setGuest] = useState(false);
  const isOwn = status === 'signed-in';
  // Without the book an address is typed in: it stops nobody.
  const book = useQuery({ ...addressesQuery(useApi()), enabled: isOwn });
  if (status === 'anonymous' && !isGuest && readDraft().isOwn) {
    const onGuest = () => {
      keepDraft(null);
      setGuest(true);
    };
    return <SessionEnded onGuest={onGuest} />;
  }
  if (error && !cart) {
    const { correlationId, status: code } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={code === 0} onRetry={() => void refetch()} />;
  }
  if (cart === undefined || (isOwn && book.isPending)) return <CheckoutSkeleton />;
  if (!cart || cart.items.length === 0) {
    return (
      <EmptyState title={t.emptyTitle} body={t.emptyBody}>
        <Link to="/search" className={buttonClass()}>
          {t.goShopping}
        </Link>
      </EmptyState>
    );
  }
  return <DetailsForm key={isOwn ? 'own' : 'guest'} cart={cart} isOwn={isOwn} book={book.data ?? []} />;
}
