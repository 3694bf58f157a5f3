import type { ReturnableUnits, ReturnReason, ReturnRequest } from './queries.ts';

export interface ReturnProblems {
  /** Nothing was chosen. */
  isEmpty: boolean;
  /** Lines whose reason is missing. */
  withoutReason: string[];
}

export const quantityField = (itemId: string) => `quantity-${itemId}`;
export const reasonField = (itemId: string) => `reason-${itemId}`;

/** What is in the form, and what is wrong with it. */
export function readReturn(form: HTMLFormElement, returnable: readonly ReturnableUnits[]) {
  const fields = new FormData(form);
  const chosen = returnable
    .map(({ order_item_id: id }) => ({
      order_item_id: id,
      quantity: Number(fields.get(quantityField(id)) ?? 0),
      reason: String(fields.get(reasonField(id)) ?? ''),
    }))
    .filter(({ quantity }) => quantity > 0);
  const problems: ReturnProblems = {
    isEmpty: chosen.length === 0,
    withoutReason: chosen.filter(({ reason }) => reason === '').map((line) => line.order_item_id),
  };
  const request: ReturnRequest = {
    lines: chosen.map((line) => ({ ...line, reason: line.reason as ReturnReason })),
    note: String(fields.get('note') ?? '').trim(),
  };
  return { request, problems, isValid: !problems.isEmpty && problems.withoutReason.length === 0 };
}
