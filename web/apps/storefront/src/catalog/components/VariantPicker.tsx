import { langOf } from '@sharestack/i18n/content.ts';
import { useLocale, useTexts } from '@sharestack/i18n/locale.tsx';
import type { Product } from '../queries.ts';
import { texts } from '../texts.ts';
import { isLarge, nextVariant, type Variant } from '../variants.ts';

interface Props {
  product: Product;
  variant: Variant;
  onChoose: (position: number, value: string) => void;
}

/** One group of choices per option. A choice that is sold out, or not made with the others, says so and stays open. */
export function VariantPicker({ product, variant, onChoose }: Props) {
  const t = useTexts(texts);
  const locale = useLocale();
  return product.options.map((option, position) => (
    <fieldset key={option.name} className="mt-6">
      <legend className="mb-2 text-sm">
        <span className="text-muted" lang={langOf(option.name, locale)}>
          {option.name}
        </span>{' '}
        <span className="font-medium" lang={langOf(variant.option_values[position] ?? '', locale)}>
          {variant.option_values[position]}
        </span>
      </legend>
      <div className="flex flex-wrap gap-2">
        {option.values.map((value) => {
          const next = nextVariant(product, variant, position, value);
          const isOut = next?.stock_state === 'out';
          return (
            <label
              key={value}
              lang={langOf(value, locale)}
              className={`relative grid min-h-11 min-w-12 cursor-pointer place-items-center rounded-control border border-control px-4 text-sm has-checked:border-brand has-checked:bg-brand-soft has-checked:outline has-checked:outline-brand has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-brand hover:border-ink has-disabled:cursor-not-allowed has-disabled:opacity-50 ${isOut ? 'text-muted line-through' : ''}`}
            >
              <input
                type="radio"
                name={`option-${position}`}
                value={value}
                checked={variant.option_values[position] === value}
                disabled={!next && !isLarge(product)}
                onChange={() => onChoose(position, value)}
                className="absolute inset-0 cursor-pointer appearance-none rounded-control outline-none"
              />
              {value}
              {isOut && <span className="sr-only">, {t.soldOut}</span>}
            </label>
          );
        })}
      </div>
    </fieldset>
  ));
}
