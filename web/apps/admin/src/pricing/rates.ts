import type { Field, Values } from '@sharestack/console/field.ts';
import type { NewShippingRate, ShippingRate } from './queries.ts';
import type { texts } from './texts.ts';
import { bandLines, bandsOf, listOf, numberOf, refused } from './written.ts';

type Texts = (typeof texts)['en'];
export type RateKind = ShippingRate['kind'];

const KINDS: readonly RateKind[] = ['flat', 'by_weight', 'by_subtotal'];
const limitOf = (kind: RateKind) => (kind === 'by_weight' ? 'grams' : 'amount');

/** The fields of a rate of this kind; amounts are in this currency. */
export function rateFields(t: Texts, kind: RateKind, currency: string, currencies: readonly string[]): Field[] {
  const amount = (name: string, label: string, required: boolean): Field => ({
    name,
    label,
    kind: 'amount',
    currency,
    min: 0,
    max: 9_999_999_999,
    required,
  });
  const days = (name: string, label: string): Field => ({ name, label, kind: 'whole', min: 0, max: 365 });
  return [
    { name: 'name', label: t.name, kind: 'text', required: true, maxLength: 100, wide: true },
    {
      name: 'kind',
      label: t.kind,
      kind: 'choice',
      required: true,
      options: KINDS.map((value) => ({ value, label: t.rateKinds[value] })),
    },
    {
      name: 'currency',
      label: t.currency,
      kind: 'choice',
      required: true,
      options: currencies.map((code) => ({ value: code, label: code })),
    },
    kind === 'flat'
      ? amount('amount', t.price, true)
      : { name: 'bands', label: t.bands, kind: 'list', required: true, hint: t.bandsHint },
    amount('free_from_amount', t.freeFrom, false),
    days('min_days', t.minDays),
    days('max_days', t.maxDays),
    { name: 'is_active', label: t.isActive, kind: 'check', wide: true },
  ];
}

export const rateValues = (rate: ShippingRate): Values => ({
  name: rate.name,
  kind: rate.kind,
  currency: rate.currency,
  amount: rate.amount,
  bands: bandLines(rate.bands, limitOf(rate.kind), rate.currency),
  free_from_amount: rate.free_from_amount,
  min_days: rate.min_days,
  max_days: rate.max_days,
  is_active: rate.is_active,
});

export function rateOf(t: Texts, values: Values): NewShippingRate {
  const kind = values.kind as RateKind;
  const currency = String(values.currency);
  const bad = (line: string) => refused('bands', t.badBand(line));
  return {
    name: String(values.name),
    kind,
    currency,
    amount: kind === 'flat' ? numberOf(values.amount) : null,
    bands: kind === 'flat' ? [] : bandsOf(listOf(values.bands), limitOf(kind), currency, bad),
    free_from_amount: numberOf(values.free_from_amount),
    min_days: numberOf(values.min_days),
    max_days: numberOf(values.max_days),
    is_active: values.is_active === true,
  };
}
