import { asProblem } from '@sharestack/api/problem.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import { useSessionState } from '@sharestack/session/context.tsx';
import { buttonClass } from '@sharestack/ui/Button.tsx';
import { EmptyState } from '@sharestack/ui/EmptyState.tsx';
import { ErrorState } from '@sharestack/ui/ErrorState.tsx';
import { PageHead } from '@sharestack/ui/PageHead.tsx';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import { Link, useLocation } from '@tanstack/react-router';
import { CartLine } from '../components/CartLine.tsx';
import { CartSummary } from '../components/CartSummary.tsx';
import { texts } from '../texts.ts';
import { useCart } from '../useCart.ts';

export function CartPage() {
  const t = useTexts(texts);
  return (
    <div className="page pt-8">
      <PageHead title={t.cart} isIndexed={false} />
      <h1 tabIndex={-1} className="mb-6 font-display text-3xl">
        {t.cart}
      </h1>
      <Content />
    </div>
  );
}

function Content() {
  const t = useTexts(texts);
  const { status } = useSessionState();
  const { publicHref } = useLocation();
  const { data: cart, error, refetch } = useCart();
  if (error && !cart) {
    const { correlationId, status: code } = asProblem(error);
    return <ErrorState correlationId={correlationId} isOffline={code === 0} onRetry={() => void refetch()} />;
  }
  if (cart === undefined) return <Skeleton className="h-72" />;
  if (!cart || cart.items.length === 0) {
    return (
      <EmptyState title={t.emptyTitle} body={t.emptyBody}>
        <Link to="/search" className={buttonClass()}>
          {t.goShopping}
        </Link>
        {status === 'anonymous' && (
          <Link to="/sign-in" search={{ next: publicHref }} className={buttonClass('secondary')}>
            {t.signIn}
          </Link>
        )}
      </EmptyState>
    );
  }
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-8 lg:grid-cols-[minmax(0,1fr)_min(22rem,40%)] lg:gap-14">
      <ul className="divide-y divide-line border-y border-line">
        {cart.items.map((item) => (
          <CartLine key={item.id} item={item} currency={cart.currency ?? 'USD'} />
        ))}
      </ul>
      <div className="lg:sticky lg:top-32 lg:self-start">
        <CartSummary cart={cart}>
          <Link to="/checkout" className={buttonClass('primary', 'mt-6 min-h-13 w-full text-lg')}>
            {t.toCheckout}
          </Link>
        </CartSummary>
      </div>
    </div>
  );
}
