import { useTexts } from '@sharestack/i18n/locale.tsx';
import { Button } from '@sharestack/ui/Button.tsx';
import { PaymentElement, useElements, useStripe } from '@stripe/react-stripe-js';
import { StripeFrame } from './StripeFrame.tsx';
import { type Outcome, outcomeOf } from './stripe.ts';
import { texts } from './texts.ts';
import { useConfirmation } from './useConfirmation.ts';

interface Props {
  /** As `POST /payment-methods/setup` answers it. */
  setup: { provider: string; publishable_key: string; client_secret: string };
  /** Where a bank sends the customer back to; absolute. */
  returnUrl: string;
  onSaved: () => void;
  onCancel?: () => void;
  cancelLabel?: string;
}

/** The form to save a way to pay, without paying anything. */
export function PaymentMethodSetup(props: Props) {
  const t = useTexts(texts);
  const { provider, publishable_key: key, client_secret: secret } = props.setup;
  if (provider !== 'stripe') return <p role="alert">{t.unknownProvider}</p>;
  return (
    <StripeFrame publishableKey={key} clientSecret={secret}>
      <SetupForm {...props} />
    </StripeFrame>
  );
}

function SetupForm({ returnUrl, onSaved, onCancel, cancelLabel }: Props) {
  const t = useTexts(texts);
  const stripe = useStripe();
  const elements = useElements();
  const confirm = async (): Promise<Outcome> => {
    if (!stripe || !elements) return { kind: 'failed' };
    const { setupIntent: intent, error } = await stripe.confirmSetup({
      elements,
      confirmParams: { return_url: returnUrl },
      redirect: 'if_required',
    });
    return outcomeOf({ ...(intent ? { intent } : {}), ...(error ? { error } : {}) });
  };
  const { onSubmit, isConfirming, failure } = useConfirmation({ confirm, onConfirmed: onSaved, failed: t.saveFailed });
  return (
    <form onSubmit={onSubmit} className="space-y-5">
      <PaymentElement options={{ layout: 'accordion' }} />
      <p role="alert" className="text-sm text-danger empty:hidden">
        {failure}
      </p>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" busy={isConfirming}>
          {isConfirming ? t.saving : t.save}
        </Button>
        {onCancel && (
          <Button kind="secondary" onClick={onCancel}>
            {cancelLabel}
          </Button>
        )}
      </div>
    </form>
  );
}
