import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import type { ReactNode } from 'react';
import type { Cart } from '../queries.ts';
import { texts } from '../texts.ts';
import { CouponForm } from './CouponForm.tsx';

export function CartSummary({ cart, children }: { cart: Cart; children?: ReactNode }) {
  const t = useTexts(texts);
  const currency = cart.currency ?? 'USD';
  const isShippingKnown = cart.shipping_state === 'quoted' || cart.shipping_state === 'free';
  return (
    <section aria-labelledby="summary" className="rounded-card border border-line bg-surface p-6">
      <h2 id="summary" className="mb-4 font-display text-xl">
        {t.summary}
      </h2>
      <CouponForm cart={cart} />
      <dl className="mt-5 space-y-2 border-t border-line pt-4 [&>div]:flex [&>div]:justify-between [&>div]:gap-4">
        <div>
          <dt className="text-muted">{t.subtotal}</dt>
          <dd>
            <Money amount={cart.subtotal_amount} currency={currency} />
          </dd>
        </div>
        {cart.discount_amount > 0 && (
          <div className="text-brand">
            <dt>{t.discount}</dt>
            <dd>
              <Money amount={-cart.discount_amount} currency={currency} />
            </dd>
          </div>
        )}
        {cart.shipping_state !== 'not_needed' && (
          <div>
            <dt className="text-muted">{t.shipping}</dt>
            <dd className={isShippingKnown ? '' : 'text-sm text-muted'}>
              {isShippingKnown ? <Money amount={cart.shipping_amount} currency={currency} /> : t.atCheckout}
            </dd>
          </div>
        )}
        <div>
          <dt className="text-muted">{t.tax}</dt>
          <dd className={cart.is_tax_known ? '' : 'text-sm text-muted'}>
            {cart.is_tax_known ? <Money amount={cart.tax_amount} currency={currency} /> : t.atCheckout}
          </dd>
        </div>
        <div className="border-t border-line pt-3 text-lg font-semibold">
          <dt>{t.total}</dt>
          <dd>
            <Money amount={cart.total_amount} currency={currency} />
          </dd>
        </div>
      </dl>
      {children}
    </section>
  );
}
