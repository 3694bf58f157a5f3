import { amountText } from '@sharestack/console/fieldValues.ts';
import { useTexts } from '@sharestack/i18n/locale.tsx';
import type { Column } from '@sharestack/table/column.ts';
import { Money } from '@sharestack/ui/Money.tsx';
import { useMemo } from 'react';
import type { Variant } from './queries.ts';
import { texts } from './texts.ts';
import { variantName } from './variantFields.ts';

export function useVariantColumns(currency: string, onEdit: ((variant: Variant) => void) | null): Column<Variant>[] {
  const t = useTexts(texts);
  return useMemo(
    () => [
      {
        id: 'variant',
        title: t.variant,
        isRowHeader: true,
        className: 'max-w-72',
        cell: (variant) =>
          onEdit === null ? (
            <bdi>{variantName(t, variant)}</bdi>
          ) : (
            <button
              type="button"
              aria-label={t.editVariant(variantName(t, variant))}
              className="min-h-9 max-w-full truncate text-left underline decoration-line underline-offset-4 hover:decoration-ink"
              onClick={() => onEdit(variant)}
            >
              <bdi>{variantName(t, variant)}</bdi>
            </button>
          ),
        plain: (variant) => variantName(t, variant),
      },
      {
        id: 'sku',
        title: t.sku,
        optional: 'shown',
        className: 'max-w-48 truncate',
        cell: ({ sku }) => sku ?? '–',
        plain: ({ sku }) => sku ?? '',
      },
      {
        id: 'price',
        title: t.price,
        align: 'right',
        cell: ({ price_amount }) => <Money amount={price_amount} currency={currency} />,
        plain: ({ price_amount }) => `${amountText(price_amount, currency)} ${currency}`,
      },
      {
        id: 'compare',
        title: t.compareAt,
        align: 'right',
        optional: 'hidden',
        cell: ({ compare_at_amount: amount }) =>
          amount === null ? '–' : <Money amount={amount} currency={currency} />,
        plain: ({ compare_at_amount: amount }) => (amount === null ? '' : amountText(amount, currency)),
      },
      { id: 'stock', title: t.stock, align: 'right', cell: ({ stock }) => stock, plain: ({ stock }) => stock },
      {
        id: 'reserved',
        title: t.reserved,
        align: 'right',
        optional: 'hidden',
        cell: ({ reserved }) => reserved,
        plain: ({ reserved }) => reserved,
      },
      {
        id: 'threshold',
        title: t.threshold,
        align: 'right',
        optional: 'shown',
        cell: ({ low_stock_threshold }) => low_stock_threshold ?? '–',
        plain: ({ low_stock_threshold }) => low_stock_threshold ?? '',
      },
    ],
    [t, currency, onEdit],
  );
}
