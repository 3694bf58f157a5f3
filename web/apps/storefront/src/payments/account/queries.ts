import { type Api, type Schemas, take } from '@sharestack/api/client.ts';
import { growingListQuery } from '@sharestack/api/growingList.ts';
import { asProblem } from '@sharestack/api/problem.ts';

export type Payment = Schemas['Payment'];

export const paymentsQuery = (api: Api) =>
  growingListQuery<Payment>(['payments'], (cursor) =>
    take(api.GET('/api/v1/payments', { params: { query: { limit: 20, cursor } } })),
  );

/** Opens a form of the provider's; the same key opens the same one. */
export const setUpMethod = (api: Api, key: string) =>
  take(api.POST('/api/v1/payment-methods/setup', { params: { header: { 'Idempotency-Key': key } } }));

/** Gone is what was wanted: a second press, or another tab, may have been first. */
export async function deleteMethod(api: Api, id: string): Promise<void> {
  try {
    await take(
      api.DELETE('/api/v1/payment-methods/{payment_method_id}', { params: { path: { payment_method_id: id } } }),
    );
  } catch (error) {
    if (!asProblem(error).isMissing) throw error;
  }
}
