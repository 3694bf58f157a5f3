const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

const idOf = (raw: unknown) => (typeof raw === 'string' && UUID.test(raw) ? raw.toLowerCase() : undefined);

export interface CheckoutSearch {
  /** The checkout that is being paid; without one, contact and delivery are asked for. */
  checkout?: string;
}

export function parseCheckoutSearch(raw: Record<string, unknown>): CheckoutSearch {
  const checkout = idOf(raw.checkout);
  return checkout ? { checkout } : {};
}

export interface ReturnSearch {
  payment?: string;
}

/** What a bank or wallet adds to the address (status, secret) is not believed, and taken off. */
export function parseReturnSearch(raw: Record<string, unknown>): ReturnSearch {
  const payment = idOf(raw.payment);
  return payment ? { payment } : {};
}
