import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { useState } from 'react';
import type { PaymentProps } from './Payment.tsx';
import { SavedMethods } from './SavedMethods.tsx';
import { StripeFrame } from './StripeFrame.tsx';
import { type Outcome, outcomeOf } from './stripe.ts';
import { texts } from './texts.ts';
import { useConfirmation } from './useConfirmation.ts';

export function StripePayment(props: PaymentProps) {
  const { publishable_key: key, client_secret: secret } = props.intent;
  return (
    <StripeFrame publishableKey={key} clientSecret={secret}>
      <PaymentForm {...props} />
    </StripeFrame>
  );
}

function PaymentForm({
  intent,
  returnUrl,
  savedMethods = [],
  label,
  children,
  isClosed = false,
  onPaid,
  onRefused,
}: PaymentProps) {
  const t = useTexts(texts);
  const confirmWith = useStripeConfirmation(intent.client_secret, returnUrl);
  const [saved, setSaved] = useState<string | null>(savedMethods[0]?.id ?? null);
  const { onSubmit, isConfirming, failure } = useConfirmation({
    confirm: () => confirmWith(saved),
    onConfirmed: onPaid,
    onRefused,
    failed: t.failed,
  });
  return (
    <form onSubmit={onSubmit} className="space-y-6">
      {savedMethods.length > 0 && <SavedMethods methods={savedMethods} chosen={saved} onChoose={setSaved} />}
      <div hidden={saved !== null}>
        <PaymentElement options={{ layout: 'accordion' }} />
      </div>
      {children}
      <p role="alert" className="rounded-control bg-danger-soft px-4 py-3 text-sm text-danger empty:hidden">
        {failure}
      </p>
      <Button
        type="submit"
        busy={isConfirming}
        disabled={isClosed && !isConfirming}
        className="min-h-13 w-full px-6 text-lg"
      >
        {label}
      </Button>
      <p role="status" className="text-center text-sm text-muted">
        {isConfirming && t.paying}
      </p>
    </form>
  );
}

/** Confirms the intent with what is chosen; where the answer is lost, Stripe is asked how the intent stands. */
function useStripeConfirmation(clientSecret: string, returnUrl: string) {
  const stripe = useStripe();
  const elements = useElements();
  return async (saved: string | null): Promise<Outcome> => {
    if (!stripe || !elements) return { kind: 'failed' };
    const redirect = 'if_required' as const;
    const confirmed = await (saved
      ? stripe.confirmPayment({
          clientSecret,
          confirmParams: { return_url: returnUrl, payment_method: saved },
          redirect,
        })
      : stripe.confirmPayment({ elements, confirmParams: { return_url: returnUrl }, redirect }));
    const { paymentIntent: intent, error } = confirmed;
    const outcome = outcomeOf({ ...(intent ? { intent } : {}), ...(error ? { error } : {}) });
    if (outcome.kind !== 'lost') return outcome;
    const asked = await stripe.retrievePaymentIntent(clientSecret);
    return asked.paymentIntent?.status === 'succeeded' ? { kind: 'confirmed' } : outcome;
  };
}
