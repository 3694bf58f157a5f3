import type { CategoryOption } from '@sharestack/console/categoryOptions.ts';
import type { Field, Values } from '@sharestack/console/field.ts';
import type { Coupon, NewCoupon } from './queries.ts';
import type { texts } from './texts.ts';
import { categoryIds, categorySlug, listOf, numberOf, refused, textOf } from './written.ts';

type Texts = (typeof texts)['en'];
export type CouponKind = Coupon['kind'];

const MOST = 9_999_999_999;
const MOST_USES = 2_147_483_647;

/** The fields of a coupon of this kind; amounts are in this currency. */
export function couponFields(t: Texts, kind: CouponKind, currency: string, currencies: readonly string[]): Field[] {
  const amount = (name: string, label: string, required = false): Field => ({
    name,
    label,
    kind: 'amount',
    currency: currency || 'USD',
    min: 1,
    max: MOST,
    required,
  });
  const units = (name: string, label: string, max: number, required = false, hint = ''): Field => ({
    name,
    label,
    kind: 'whole',
    min: 1,
    max,
    required,
    hint,
  });
  const own: Record<CouponKind, Field[]> = {
    percentage: [
      { name: 'percent_basis_points', label: t.percent, kind: 'amount', min: 1, max: 10_000, required: true },
    ],
    fixed: [amount('amount', t.amount, true)],
    free_shipping: [],
    buy_x_get_y: [
      units('buy_quantity', t.buyQuantity, 999, true),
      units('get_quantity', t.getQuantity, 999, true, t.getHint),
    ],
  };
  return [
    { name: 'code', label: t.code, kind: 'text', required: true, maxLength: 40 },
    {
      name: 'kind',
      label: t.kind,
      kind: 'choice',
      required: true,
      options: (Object.keys(own) as CouponKind[]).map((value) => ({ value, label: t.kinds[value] })),
    },
    ...own[kind],
    {
      name: 'currency',
      label: t.currency,
      kind: 'choice',
      required: kind === 'fixed',
      hint: t.anyCurrency,
      options: currencies.map((code) => ({ value: code, label: code })),
    },
    amount('minimum_subtotal_amount', t.minimum),
    { name: 'description', label: t.description, kind: 'text', maxLength: 200, wide: true },
    { name: 'starts_at', label: t.startsAt, kind: 'moment' },
    { name: 'ends_at', label: t.endsAt, kind: 'moment' },
    units('total_limit', t.totalLimit, MOST_USES),
    units('per_customer_limit', t.perCustomer, MOST_USES),
    { name: 'category_ids', label: t.categories, kind: 'list', rows: 2, hint: t.categoriesHint },
    { name: 'product_ids', label: t.products, kind: 'list', rows: 2, hint: t.productsHint },
    { name: 'is_combinable', label: t.isCombinable, kind: 'check' },
    { name: 'is_active', label: t.isActive, kind: 'check' },
  ];
}

export function couponValues(coupon: Coupon, categories: readonly CategoryOption[]): Values {
  const { id: _, version: __, redeemed_count: ___, created_at: ____, updated_at: _____, ...own } = coupon;
  return { ...own, category_ids: own.category_ids.map((id) => categorySlug(id, categories)) };
}

export function couponOf(t: Texts, values: Values, categories: readonly CategoryOption[]): NewCoupon {
  return {
    code: String(values.code),
    description: textOf(values.description) ?? '',
    kind: values.kind as CouponKind,
    percent_basis_points: numberOf(values.percent_basis_points),
    amount: numberOf(values.amount),
    buy_quantity: numberOf(values.buy_quantity),
    get_quantity: numberOf(values.get_quantity),
    currency: textOf(values.currency),
    minimum_subtotal_amount: numberOf(values.minimum_subtotal_amount),
    starts_at: textOf(values.starts_at),
    ends_at: textOf(values.ends_at),
    total_limit: numberOf(values.total_limit),
    per_customer_limit: numberOf(values.per_customer_limit),
    category_ids: categoryIds(listOf(values.category_ids), categories, (slug) =>
      refused('category_ids', t.unknownCategory(slug)),
    ),
    product_ids: listOf(values.product_ids),
    is_combinable: values.is_combinable === true,
    is_active: values.is_active === true,
  };
}
