import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import type { Field, Values } from '@sharestack/console/field.ts';
import { amountText, minorUnits } from '@sharestack/console/fieldValues.ts';
import type { NewTaxRate, TaxRate } from './queries.ts';
import type { texts } from './texts.ts';
import { categoryIds, categorySlug, listOf, refused, textOf } from './written.ts';

type Texts = (typeof texts)['en'];

/** Percent are written with two decimals, as dollars are. */
const LIKE = 'USD';

export const taxFields = (t: Texts): Field[] => [
  { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 100, wide: true },
  { name: 'country', label: t.country, kind: 'text', required: true, maxLength: 2 },
  { name: 'region', label: t.region, kind: 'text', maxLength: 100, hint: t.regionHint },
  { name: 'rate_basis_points', label: t.rate, kind: 'amount', required: true, min: 0, max: 10_000 },
  { name: 'category_rates', label: t.categoryRates, kind: 'list', rows: 3, hint: t.categoryRatesHint },
  { name: 'prices_include_tax', label: t.includesTax, kind: 'check' },
  { name: 'shipping_taxable', label: t.shippingTaxable, kind: 'check' },
  { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
];

export const taxValues = (rate: TaxRate, categories: readonly CategoryOption[]): Values => ({
  name: rate.name,
  country: rate.country,
  region: rate.region || null,
  rate_basis_points: rate.rate_basis_points,
  category_rates: rate.category_rates.map(
    (one) => `${categorySlug(one.category_id, categories)} = ${amountText(one.rate_basis_points, LIKE)}`,
  ),
  prices_include_tax: rate.prices_include_tax,
  shipping_taxable: rate.shipping_taxable,
  is_active: rate.is_active,
});

export function taxOf(t: Texts, values: Values, categories: readonly CategoryOption[]): NewTaxRate {
  return {
    name: String(values.name),
    country: String(values.country).toUpperCase(),
    region: textOf(values.region) ?? '',
    rate_basis_points: Number(values.rate_basis_points),
    category_rates: listOf(values.category_rates).map((line) => categoryRate(t, line, categories)),
    prices_include_tax: values.prices_include_tax === true,
    shipping_taxable: values.shipping_taxable === true,
    is_active: values.is_active === true,
  };
}

function categoryRate(t: Texts, line: string, categories: readonly CategoryOption[]) {
  const [slug = '', percent = ''] = line.split('=').map((part) => part.trim());
  const rate_basis_points = minorUnits(percent, LIKE);
  if (rate_basis_points === null || rate_basis_points < 0) throw refused('category_rates', t.badBand(line));
  const [category_id = ''] = categoryIds([slug], categories, (one) =>
    refused('category_rates', t.unknownCategory(one)),
  );
  return { category_id, rate_basis_points };
}
