import type { Api } from '@sharestack/api/client.ts';
import type { BulkAction } from '@sharestack/console/BulkBar.tsx';
import type { Value } from '@sharestack/console/field.ts';
import { amountText } from '@sharestack/console/fieldValues.ts';
import { changeVariants, type Product, type Variant } from './queries.ts';
import type { texts } from './texts.ts';
import { compareField, priceField, unitsField } from './variantFields.ts';

type Action = BulkAction<Variant>;
type Change = NonNullable<Parameters<typeof changeVariants>[2]['change']>;

const asNumber = (value: Value) => (value === null ? null : Number(value));

/** What can be done to several variants at once. */
export function variantActions(api: Api, product: Product, t: (typeof texts)['en']): Action[] {
  const { id, currency } = product;
  const run =
    (change: (value: Value) => Change): Action['run'] =>
    (rows, key, value) =>
      changeVariants(api, id, { ids: rows.map((row) => row.id), change: change(value), delete: false }, key);
  const written = (amount: number | null) => (amount === null ? '–' : `${amountText(amount, currency)} ${currency}`);
  const becomes = (before: number | null, after: number | null, say: (value: number | null) => string) =>
    before === after ? null : `${say(before)} → ${say(after)}`;
  const units = (value: number | null) => (value === null ? '–' : String(value));
  const backorder = (name: string, label: string, isOn: boolean): Action => ({
    name,
    label,
    preview: ({ allow_backorder }) => (allow_backorder === isOn ? null : label),
    run: run(() => ({ allow_backorder: isOn })),
  });
  return [
    {
      name: 'price',
      label: t.setPrice,
      field: priceField(t, currency),
      preview: ({ price_amount }, value) => becomes(price_amount, asNumber(value), written),
      run: run((value) => ({ price_amount: Number(value) })),
    },
    {
      name: 'compare-at',
      label: t.setCompareAt,
      field: compareField(t, currency),
      preview: ({ compare_at_amount }, value) => becomes(compare_at_amount, asNumber(value), written),
      run: run((value) => ({ compare_at_amount: asNumber(value) })),
    },
    {
      name: 'threshold',
      label: t.setThreshold,
      field: unitsField('low_stock_threshold', t.threshold),
      preview: ({ low_stock_threshold }, value) => becomes(low_stock_threshold, asNumber(value), units),
      run: run((value) => ({ low_stock_threshold: asNumber(value) })),
    },
    backorder('backorder', t.setBackorder, true),
    backorder('no-backorder', t.endBackorder, false),
    {
      name: 'delete',
      label: t.deleteVariants,
      isDangerous: true,
      preview: () => t.willBeDeleted,
      run: (rows, key) => changeVariants(api, id, { ids: rows.map((row) => row.id), delete: true }, key),
    },
  ];
}
