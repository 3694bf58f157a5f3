import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { texts } from '../texts.ts';

export interface Amounts {
  currency: string;
  subtotal: number;
  discount: number;
  /** Null where it is not known yet. */
  shipping: number | null;
  tax: number | null;
  total: number;
  isTaxIncluded: boolean;
  needsShipping: boolean;
  /** Not final before the cart is checked out. */
  isEstimate: boolean;
}

export function SummaryAmounts(amounts: Amounts) {
  const t = useTexts(texts);
  const { currency, subtotal, discount, shipping, tax, total, isTaxIncluded, needsShipping, isEstimate } = amounts;
  const later = <span className="text-sm text-muted">{t.later}</span>;
  return (
    <dl className="space-y-2 border-t border-line pt-4 [&>div]:flex [&>div]:justify-between [&>div]:gap-4">
      <div>
        <dt className="text-muted">{t.subtotal}</dt>
        <dd>
          <Money amount={subtotal} currency={currency} />
        </dd>
      </div>
      {discount > 0 && (
        <div className="text-brand">
          <dt>{t.discount}</dt>
          <dd>
            <Money amount={-discount} currency={currency} />
          </dd>
        </div>
      )}
      {needsShipping && (
        <div>
          <dt className="text-muted">{t.shipping}</dt>
          <dd>
            {shipping === null ? later : shipping === 0 ? t.free : <Money amount={shipping} currency={currency} />}
          </dd>
        </div>
      )}
      {!isTaxIncluded && (
        <div>
          <dt className="text-muted">{t.tax}</dt>
          <dd>{tax === null ? later : <Money amount={tax} currency={currency} />}</dd>
        </div>
      )}
      <div className="items-baseline border-t border-line pt-3 text-lg font-semibold">
        <dt>{isEstimate ? t.estimate : t.total}</dt>
        <dd>
          <Money amount={total} currency={currency} />
        </dd>
      </div>
      {isTaxIncluded && tax !== null && tax > 0 && (
        <div className="text-sm text-muted">
          <dt>{t.taxIncluded}</dt>
          <dd>
            <Money amount={tax} currency={currency} />
          </dd>
        </div>
      )}
    </dl>
  );
}
