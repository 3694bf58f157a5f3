import type { Stripe, StripeElements } from '@stripe/stripe-js';

/**
 * The methods of Stripe.js that we call. The simulator's script has these and no others, and is checked against the same
 * types (`simulators/stripe/browser`); what only Stripe can show is tried by hand on staging.
 */
export type StripeCalls = Pick<Stripe, 'elements' | 'confirmPayment' | 'confirmSetup' | 'retrievePaymentIntent'>;
export type StripeElementsCalls = Pick<StripeElements, 'create' | 'getElement' | 'update' | 'submit'>;

/** What paying or saving came to, as far as the provider has told the browser. The shop itself believes only the API. */
export type Outcome =
  | { kind: 'confirmed' }
  /** Refused by the bank or the payer; `code` says why. */
  | { kind: 'declined'; code: string }
  /** The payer has not authorized it: they closed the code, or went back. */
  | { kind: 'waiting' }
  /** No answer came. */
  | { kind: 'lost' }
  /** A field of the provider's form says what is missing. */
  | { kind: 'incomplete' }
  | { kind: 'failed' };

interface Intent {
  status: string;
}

interface Refusal {
  type: string;
  code?: string;
  decline_code?: string;
  payment_intent?: Intent;
  setup_intent?: Intent;
}

const DONE = ['succeeded', 'processing', 'requires_capture'];

/** What a confirmation of Stripe's comes to. Repeating one that has succeeded is refused, and a success all the same. */
export function outcomeOf({ intent, error }: { intent?: Intent; error?: Refusal }): Outcome {
  const status = (intent ?? error?.payment_intent ?? error?.setup_intent)?.status;
  if (status && DONE.includes(status)) return { kind: 'confirmed' };
  if (!error) return { kind: status === 'requires_action' ? 'waiting' : 'failed' };
  if (error.type === 'validation_error') return { kind: 'incomplete' };
  if (error.type === 'api_connection_error') return { kind: 'lost' };
  const code = error.decline_code ?? error.code;
  const isDecline =
    error.type === 'card_error' || code?.endsWith('authentication_failure') || code?.endsWith('_expired');
  return isDecline ? { kind: 'declined', code: code ?? 'generic_decline' } : { kind: 'failed' };
}
