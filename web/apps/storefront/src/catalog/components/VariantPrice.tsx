import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Money } from '@sharestack/ui/Money.tsx';
import { texts } from '../texts.ts';
import type { Variant } from '../variants.ts';

export function VariantPrice({ variant, currency }: { variant: Variant; currency: string }) {
  const t = useTexts(texts);
  const before = variant.compare_at_amount;
  return (
    <p className="mt-4 flex items-baseline gap-3 text-2xl">
      <Money amount={variant.price_amount} currency={currency} className={before ? 'text-danger' : ''} />
      {before !== null && before > variant.price_amount && (
        <span className="text-base text-muted">
          <span className="sr-only">{t.was} </span>
          <s>
            <Money amount={before} currency={currency} />
          </s>
        </span>
      )}
    </p>
  );
}
