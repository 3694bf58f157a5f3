import type { Field, Values } from '@sharestack/console/field.ts';
import type { Product, Variant, VariantChange } from './queries.ts';
import type { texts } from './texts.ts';

type Texts = (typeof texts)['en'];

const MOST_AMOUNT = 9_999_999_999;
const MOST_UNITS = 1_000_000_000;

export const priceField = (t: Texts, currency: string): Field => ({
  name: 'price_amount',
  label: t.price,
  kind: 'amount',
  currency,
  required: true,
  min: 0,
  max: MOST_AMOUNT,
});

export const compareField = (t: Texts, currency: string): Field => ({
  ...priceField(t, currency),
  name: 'compare_at_amount',
  label: t.compareAt,
  required: false,
});

export const unitsField = (name: string, label: string, required = false): Field => ({
  name,
  label,
  kind: 'whole',
  required,
  min: 0,
  max: MOST_UNITS,
});

const optionName = (index: number) => `option_${index + 1}`;

/** Those of one variant: first what tells it apart, then what it costs, then the rest. */
export function variantFields(t: Texts, product: Product): Field[] {
  return [
    ...product.option_names.map(
      (label, index): Field => ({ name: optionName(index), label, kind: 'text', required: true, maxLength: 255 }),
    ),
    priceField(t, product.currency),
    compareField(t, product.currency),
    { name: 'sku', label: t.sku, kind: 'text', maxLength: 255 },
    { name: 'barcode', label: t.barcode, kind: 'text', maxLength: 255 },
    unitsField('stock', t.stock, true),
    unitsField('weight_grams', t.weight, true),
    {
      name: 'image_url',
      label: t.picture,
      kind: 'choice',
      options: product.images.map(({ url, alt }, index) => ({ value: url, label: `${index + 1}. ${alt}`.trim() })),
    },
    { name: 'requires_shipping', label: t.requiresShipping, kind: 'check' },
    { name: 'taxable', label: t.taxable, kind: 'check' },
    { name: 'allow_backorder', label: t.allowBackorder, kind: 'check' },
  ];
}

export function variantValues(variant: Variant): Values {
  const { id: _, version: __, reserved: ___, low_stock_threshold: ____, option_values, ...own } = variant;
  return { ...own, ...Object.fromEntries(option_values.map((value, index) => [optionName(index), value])) };
}

/** What the form says, as the API takes it. Stock that stands as it was is left alone: sales change it all the time. */
export function variantChange(values: Values, product: Product, before: Variant): Omit<VariantChange, 'version'> {
  const options = product.option_names.map((_, index) => String(values[optionName(index)]));
  const own = Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith('option_')));
  const { stock, ...rest } = own;
  return { ...rest, option_values: options, ...(stock === before.stock ? {} : { stock: Number(stock) }) };
}

export const variantName = (t: Texts, { option_values }: Pick<Variant, 'option_values'>) =>
  option_values.join(' / ') || t.onlyVariant;
