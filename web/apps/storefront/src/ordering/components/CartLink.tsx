import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Link } from '@tanstack/react-router';
import { ShoppingBag } from 'lucide-react';
import { linkTexts } from '../linkTexts.ts';
import { useCart } from '../useCart.ts';

/** The way to the cart, with how much is in it once that is known. */
export function CartLink({ className, isLabelled = false }: { className: string; isLabelled?: boolean }) {
  const t = useTexts(linkTexts);
  const { data } = useCart();
  const count = data?.item_count ?? 0;
  return (
    <Link to="/cart" className={className}>
      <span className="relative">
        <ShoppingBag className={isLabelled ? 'size-5' : 'size-6'} strokeWidth={1.75} aria-hidden="true" />
        {count > 0 && (
          <span
            aria-hidden="true"
            className="absolute -top-1.5 -right-2.5 grid h-4.5 min-w-4.5 place-items-center rounded-full bg-brand px-1 text-[0.6875rem] leading-none font-semibold text-on-brand tabular-nums"
          >
            {count > 99 ? '99+' : count}
          </span>
        )}
      </span>
      {isLabelled && <span aria-hidden="true">{t.cart}</span>}
      <span className="sr-only">{count > 0 ? t.cartCount(count) : t.cart}</span>
    </Link>
  );
}
