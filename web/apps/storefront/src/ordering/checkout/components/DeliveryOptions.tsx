import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import { Skeleton } from '@sharestack/ui/Skeleton.tsx';
import type { Cart } from '../../queries.ts';
import { texts } from '../texts.ts';

interface Props {
  /** The cart as it would be delivered to the place that is filled in; undefined as long as that is not known. */
  estimate: Cart | undefined;
  isLoading: boolean;
  hasFailed: boolean;
  chosen: string | null;
  onChoose: (rateId: string) => void;
}

export function DeliveryOptions({ estimate, isLoading, hasFailed, chosen, onChoose }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  if (isLoading) {
    return (
      <div role="status" className="min-h-16">
        <span className="sr-only">{t.deliveryLoading}</span>
        <Skeleton className="h-14" />
      </div>
    );
  }
  if (!estimate || estimate.shipping_state === 'unknown') {
    return <p className="min-h-16 text-muted">{hasFailed ? t.deliveryFailed : t.deliveryNeedsPlace}</p>;
  }
  if (estimate.shipping_state === 'unavailable') {
    return (
      <p role="alert" className="min-h-16 rounded-control bg-warn-soft px-4 py-3 text-warn">
        {t.deliveryNone}
      </p>
    );
  }
  if (estimate.shipping_quotes.length === 0) return <p className="min-h-16">{t.deliveryFree}</p>;
  const selected = chosen ?? estimate.shipping_quotes[0]?.rate_id;
  return (
    <fieldset>
      <legend className="sr-only">{t.delivery}</legend>
      <div className="divide-y divide-line overflow-hidden rounded-card border border-line bg-surface">
        {estimate.shipping_quotes.map(({ rate_id, name, amount, min_days, max_days }) => (
          <label
            key={rate_id}
            className="flex min-h-14 cursor-pointer items-center gap-3 px-4 py-3 has-checked:bg-brand-soft"
          >
            <input
              type="radio"
              name="rate"
              value={rate_id}
              checked={selected === rate_id}
              onChange={() => onChoose(rate_id)}
              className="size-4.5 shrink-0 accent-brand"
            />
            <span className="min-w-0 grow">
              <bdi className="block font-medium break-words">{name}</bdi>
              {(min_days !== null || max_days !== null) && (
                <span className="text-sm text-muted">{t.days(min_days, max_days)}</span>
              )}
            </span>
            <span className="tabular-nums">
              {amount === 0 ? t.free : formatMoney(amount, estimate.currency ?? 'USD', locale)}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
