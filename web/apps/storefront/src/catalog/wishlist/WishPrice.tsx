import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import { formatMoney } from '@sharestack/i18n/money.ts';
import type { Wish } from './queries.ts';
import { wishlistTexts } from './texts.ts';

/** The price now, and how it differs from the one that the person knows. */
export function WishPrice({
  wish: { price_min_amount: now, known_amount: known, currency, variant_id },
}: {
  wish: Wish;
}) {
  const t = useTexts(wishlistTexts);
  const locale = useLocale();
  const price = formatMoney(now, currency, locale);
  const difference = known === null ? 0 : now - known;
  const amount = formatMoney(Math.abs(difference), currency, locale);
  return (
    <p className="mt-1 flex flex-wrap items-baseline gap-x-3 tabular-nums">
      {variant_id ? price : t.from(price)}
      {difference !== 0 && (
        <span className={`text-sm ${difference < 0 ? 'text-brand' : 'text-muted'}`}>
          <span aria-hidden="true">{difference < 0 ? '↓ ' : '↑ '}</span>
          {difference < 0 ? t.cheaper(amount) : t.dearer(amount)}
        </span>
      )}
    </p>
  );
}
