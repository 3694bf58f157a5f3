import type { Field, Values } from '@sharestack/console/field.ts';
import type { NewRefund, Order, OrderItem } from './queries.ts';
import type { texts } from './texts.ts';
import { linesOf, titleOf, unitsField } from './units.ts';

export const HOW = ['all', 'amount', 'lines'] as const;
export type How = (typeof HOW)[number];

type Texts = (typeof texts)['en'];

const REASONS: readonly NewRefund['reason'][] = [
  'requested_by_customer',
  'duplicate',
  'fraudulent',
  'damaged',
  'not_received',
  'goodwill',
  'other',
];
const RESTOCK: Record<string, boolean | null> = { default: null, yes: true, no: false };

const unrefunded = ({ quantity, refunded_quantity }: OrderItem) => quantity - refunded_quantity;

/** The fields of a refund; `left` is how much the payment still has, where that is known. */
export function fieldsOf(how: How, { items, currency }: Order, left: number | undefined, t: Texts): Field[] {
  const fields: Field[] = [];
  if (how === 'amount') {
    fields.push({
      name: 'amount',
      label: t.amount,
      kind: 'amount',
      currency,
      required: true,
      min: 1,
      ...(left === undefined ? {} : { max: left }),
    });
  }
  if (how === 'lines') {
    for (const item of items.filter((one) => unrefunded(one) > 0)) {
      fields.push(unitsField(item, t.ofLine(titleOf(item), unrefunded(item)), unrefunded(item)));
    }
    if (items.some((item) => item.handed_over_quantity > 0 && item.remaining_quantity > 0)) {
      fields.push({ name: 'handed_over', label: t.handedOver, kind: 'check', wide: true });
    }
  }
  if (how !== 'amount') fields.push(restockField(how, t));
  fields.push({
    name: 'reason',
    label: t.reason,
    kind: 'choice',
    required: true,
    options: REASONS.map((value) => ({ value, label: t.refundReasons[value] ?? value })),
  });
  fields.push({ name: 'note', label: t.note, kind: 'lines', rows: 2, maxLength: 500, hint: t.reasonHint });
  return fields;
}

/** Of all that is left only what was not handed over can be kept out of stock; of chosen units each may go back. */
const restockField = (how: How, t: Texts): Field => ({
  name: 'restock',
  label: t.restock,
  kind: 'choice',
  required: true,
  options: [
    { value: 'default', label: t.restockDefault },
    ...(how === 'lines' ? [{ value: 'yes', label: t.restockYes }] : []),
    { value: 'no', label: t.restockNo },
  ],
});

/** What the API is asked for; null where no unit was chosen. */
export function refundOf(how: How, values: Values, { items }: Order): NewRefund | null {
  const about = { reason: values.reason as NewRefund['reason'], note: values.note as string | null };
  const restock = RESTOCK[String(values.restock)] ?? null;
  if (how === 'amount') return { ...about, amount: Number(values.amount) };
  if (how === 'all') return restock === false ? { ...about, restock } : about;
  const lines = linesOf(items, values).map((line) => ({ ...line, restock, handed_over: values.handed_over === true }));
  return lines.length > 0 ? { ...about, lines } : null;
}
