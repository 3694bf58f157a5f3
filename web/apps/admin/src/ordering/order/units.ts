import type { Field, Values } from '@sharestack/console/field.ts';
import type { OrderItem } from './queries.ts';

/** A line as people name it. */
export const titleOf = ({ name, variant_title }: OrderItem): string =>
  [name, variant_title].filter(Boolean).join(' / ');

/** How many units of a line: a field that has the line's id for its name. */
export const unitsField = ({ id }: OrderItem, label: string, most: number): Field => ({
  name: id,
  label,
  kind: 'whole',
  min: 0,
  max: most,
});

/** The lines of which units were written. */
export const linesOf = (items: readonly OrderItem[], values: Values) =>
  items.flatMap(({ id }) => {
    const quantity = Number(values[id] ?? 0);
    return quantity > 0 ? [{ order_item_id: id, quantity }] : [];
  });
