/** What `browser_script.py` puts before the files of this folder. */
declare const CARDS: readonly { reference: string; brand: string; last4: string; behaviour: string }[];
/** Where the simulator is mounted. */
declare const HOME: string;

type StripeCalls = import('../../../web/packages/payments/src/stripe.ts').StripeCalls;
type StripeElementsCalls = import('../../../web/packages/payments/src/stripe.ts').StripeElementsCalls;
type StripeJs = typeof import('@stripe/stripe-js');
type Words = typeof ZH;

interface Account {
  key: string;
  locale: string;
}

interface Intent {
  id: string;
  object: string;
  status: string;
  client_secret: string;
  amount?: number;
  currency?: string;
  payment_method_types: string[];
  next_action: { type: string; [type: string]: unknown } | null;
  last_payment_error?: Refusal | null;
  last_setup_error?: Refusal | null;
}

interface Refusal {
  type: string;
  message: string;
  code?: string;
  decline_code?: string;
  payment_intent?: Intent;
  setup_intent?: Intent;
}

type Answer = { intent: Intent; error?: undefined } | { intent?: undefined; error: Refusal };
